-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
-- An element that is an array itself travels as text, because unnest would flatten it.
INSERT INTO continuous_heart_rate AS stored (
  user_id, day, sample_count, heart_rate_min_bpm, heart_rate_avg_bpm, heart_rate_max_bpm,
  sample_seconds, samples_bpm, created_at, updated_at)
SELECT
  $1, day, sample_count, heart_rate_min_bpm, heart_rate_avg_bpm, heart_rate_max_bpm,
  sample_seconds::integer[], samples_bpm::smallint[], $2::timestamptz, $2::timestamptz
FROM unnest(
  $3::date[], $4::integer[], $5::integer[], $6::double precision[], $7::integer[],
  $8::text[], $9::text[])
  AS incoming (
    day, sample_count, heart_rate_min_bpm, heart_rate_avg_bpm, heart_rate_max_bpm,
    sample_seconds, samples_bpm)
ON CONFLICT (user_id, day) DO UPDATE SET (
  sample_count, heart_rate_min_bpm, heart_rate_avg_bpm, heart_rate_max_bpm, sample_seconds,
  samples_bpm, updated_at, origin) = (
  excluded.sample_count, excluded.heart_rate_min_bpm, excluded.heart_rate_avg_bpm,
  excluded.heart_rate_max_bpm, excluded.sample_seconds, excluded.samples_bpm,
  excluded.updated_at, excluded.origin)
WHERE (
  stored.sample_count, stored.heart_rate_min_bpm, stored.heart_rate_avg_bpm,
  stored.heart_rate_max_bpm, stored.sample_seconds, stored.samples_bpm) IS DISTINCT FROM (
  excluded.sample_count, excluded.heart_rate_min_bpm, excluded.heart_rate_avg_bpm,
  excluded.heart_rate_max_bpm, excluded.sample_seconds, excluded.samples_bpm)
