-- $1 user, then one array per column. Lists of days travel as text, because unnest would flatten
-- them. $15 are the days that the ledger was loaded with as reopened: they are out of its settled
-- ones by now. Those that were reopened since then stay.
INSERT INTO stream_coverage AS stored (
  user_id, stream, settled_from, settled_to, unconfirmed_from, unconfirmed_to, unconfirmed_on,
  unconfirmed_at, fetched_through, newest_data, failed_from, failed_to, failed_type,
  failed_message, reopened, updated_at)
SELECT
  $1, stream, settled_from::date[], settled_to::date[], unconfirmed_from::date[],
  unconfirmed_to::date[], unconfirmed_on, unconfirmed_at, fetched_through, newest_data,
  failed_from::date[], failed_to::date[], failed_type::text[], failed_message::text[],
  reopened::date[], updated_at
FROM unnest(
  $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::timestamptz[],
  $9::date[], $10::date[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
  $16::timestamptz[])
  AS incoming (
    stream, settled_from, settled_to, unconfirmed_from, unconfirmed_to, unconfirmed_on,
    unconfirmed_at, fetched_through, newest_data, failed_from, failed_to, failed_type,
    failed_message, reopened, updated_at)
ON CONFLICT (user_id, stream) DO UPDATE SET (
  settled_from, settled_to, unconfirmed_from, unconfirmed_to, unconfirmed_on, unconfirmed_at,
  fetched_through, newest_data, failed_from, failed_to, failed_type, failed_message, reopened,
  updated_at) = (
  excluded.settled_from, excluded.settled_to, excluded.unconfirmed_from, excluded.unconfirmed_to,
  excluded.unconfirmed_on, excluded.unconfirmed_at, excluded.fetched_through,
  excluded.newest_data, excluded.failed_from, excluded.failed_to, excluded.failed_type,
  excluded.failed_message, ARRAY(
    SELECT unnest(stored.reopened)
    EXCEPT
    SELECT unnest(excluded.reopened)),
  excluded.updated_at)
