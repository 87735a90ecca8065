SELECT
  stream, settled_from, settled_to, unconfirmed_from, unconfirmed_to, unconfirmed_on,
  fetched_through, newest_data, failed_from, failed_to, error_type, error_message, updated_at
FROM stream_coverage
WHERE user_id = $1
