-- $1 statement time-out in milliseconds. Set for the session, whatever the role's defaults are.
SELECT
  set_config('statement_timeout', $1, false),
  set_config('search_path', 'polar_flow', false),
  set_config('TimeZone', 'UTC', false),
  set_config('DateStyle', 'ISO, YMD', false),
  set_config('IntervalStyle', 'iso_8601', false),
  set_config('extra_float_digits', '1', false),
  set_config('client_min_messages', 'error', false)
