-- $1 user, then one array per column.
INSERT INTO user_baselines (
  user_id, metric, baseline_value, baseline_7d, baseline_30d, baseline_90d, median, q1, q3, iqr,
  std_dev, minimum, maximum, lower_bound, upper_bound, sample_count, status, data_start, data_end,
  calculated_at)
SELECT $1, incoming.*
FROM unnest(
  $2::text[], $3::double precision[], $4::double precision[], $5::double precision[],
  $6::double precision[], $7::double precision[], $8::double precision[],
  $9::double precision[], $10::double precision[], $11::double precision[],
  $12::double precision[], $13::double precision[], $14::double precision[],
  $15::double precision[], $16::integer[], $17::text[], $18::date[], $19::date[],
  $20::timestamptz[]) AS incoming
ON CONFLICT (user_id, metric) DO UPDATE SET (
  baseline_value, baseline_7d, baseline_30d, baseline_90d, median, q1, q3, iqr, std_dev, minimum,
  maximum, lower_bound, upper_bound, sample_count, status, data_start, data_end, calculated_at) = (
  excluded.baseline_value, excluded.baseline_7d, excluded.baseline_30d, excluded.baseline_90d,
  excluded.median, excluded.q1, excluded.q3, excluded.iqr, excluded.std_dev, excluded.minimum,
  excluded.maximum, excluded.lower_bound, excluded.upper_bound, excluded.sample_count,
  excluded.status, excluded.data_start, excluded.data_end, excluded.calculated_at)
