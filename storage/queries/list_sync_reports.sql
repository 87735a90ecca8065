-- A job may have the same start as another only in theory; then its id decides the order.
SELECT
  log.job_id, log.trigger, log.priority, log.status, log.started_at, log.completed_at,
  log.api_calls_made, log.insights_generated, log.patterns_detected, log.rate_limit_limit_15m,
  log.rate_limit_remaining_15m, log.rate_limit_limit_24h, log.rate_limit_remaining_24h,
  outcome.streams, outcome.records, outcome.calls, outcome.error_types, outcome.error_messages
FROM sync_logs AS log
CROSS JOIN LATERAL (
  SELECT
    array_agg(part ->> 'stream' ORDER BY place) AS streams,
    array_agg((part ->> 'records')::integer ORDER BY place) AS records,
    array_agg((part ->> 'calls')::integer ORDER BY place) AS calls,
    array_agg(part ->> 'error_type' ORDER BY place) AS error_types,
    array_agg(part ->> 'error_message' ORDER BY place) AS error_messages
  FROM jsonb_array_elements(log.streams) WITH ORDINALITY AS parts (part, place)
) AS outcome
WHERE log.user_id = $1
ORDER BY log.started_at DESC, log.job_id
LIMIT $2::integer
