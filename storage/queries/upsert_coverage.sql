-- $1 user, then one array per column. Lists of days travel as text, because unnest would flatten
-- them.
INSERT INTO stream_coverage (
  user_id, stream, settled_from, settled_to, unconfirmed_from, unconfirmed_to, unconfirmed_on,
  fetched_through, newest_data, failed_from, failed_to, error_type, error_message, updated_at)
SELECT
  $1, stream, settled_from::date[], settled_to::date[], unconfirmed_from::date[],
  unconfirmed_to::date[], unconfirmed_on, fetched_through, newest_data, failed_from::date[],
  failed_to::date[], error_type, error_message, updated_at
FROM unnest(
  $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::date[], $9::date[],
  $10::text[], $11::text[], $12::text[], $13::text[], $14::timestamptz[])
  AS incoming (
    stream, settled_from, settled_to, unconfirmed_from, unconfirmed_to, unconfirmed_on,
    fetched_through, newest_data, failed_from, failed_to, error_type, error_message, updated_at)
ON CONFLICT (user_id, stream) DO UPDATE SET (
  settled_from, settled_to, unconfirmed_from, unconfirmed_to, unconfirmed_on, fetched_through,
  newest_data, failed_from, failed_to, error_type, error_message, updated_at) = (
  excluded.settled_from, excluded.settled_to, excluded.unconfirmed_from, excluded.unconfirmed_to,
  excluded.unconfirmed_on, excluded.fetched_through, excluded.newest_data, excluded.failed_from,
  excluded.failed_to, excluded.error_type, excluded.error_message, excluded.updated_at)
