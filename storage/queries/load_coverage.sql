SELECT
  stream, settled_from, settled_to, unconfirmed_from, unconfirmed_to, unconfirmed_on,
  unconfirmed_at, fetched_through, newest_data, failed_from, failed_to, failed_type,
  failed_message, reopened, updated_at
FROM stream_coverage
WHERE user_id = $1
