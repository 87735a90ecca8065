INSERT INTO analytics_snapshot (
  user_id, generated_at, data_freshness, data_age_days, data_days, status, parts)
VALUES ($1, $2::timestamptz, $3::date, $4::integer, $5::integer, $6, $7::jsonb)
ON CONFLICT (user_id) DO UPDATE SET (
  generated_at, data_freshness, data_age_days, data_days, status, parts) = (
  excluded.generated_at, excluded.data_freshness, excluded.data_age_days, excluded.data_days,
  excluded.status, excluded.parts)
