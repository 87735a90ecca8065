-- Writes the same again when it is repeated after a commit whose answer was lost.
UPDATE sync_logs
SET
  completed_at = $3::timestamptz,
  duration_ms = extract(epoch FROM $3::timestamptz - started_at) * 1000,
  status = $4,
  error_type = $5,
  error_message = $6,
  api_calls_made = $7::integer,
  baselines_recalculated = $8::boolean,
  insights_generated = $8::boolean,
  patterns_detected = $14::boolean,
  rate_limit_limit_15m = $15::integer,
  rate_limit_remaining_15m = $16::integer,
  rate_limit_limit_24h = $17::integer,
  rate_limit_remaining_24h = $18::integer,
  streams = coalesce((
    SELECT jsonb_agg(jsonb_build_object(
      'stream', stream, 'records', records, 'calls', calls,
      'error_type', failure_type, 'error_message', failure_message) ORDER BY place)
    FROM unnest($9::text[], $10::integer[], $11::integer[], $12::text[], $13::text[])
      WITH ORDINALITY
      AS outcome (stream, records, calls, failure_type, failure_message, place)), '[]'),
  records_total = coalesce((SELECT sum(records) FROM unnest($10::integer[]) AS sums (records)), 0)
WHERE user_id = $1 AND job_id = $2::uuid
