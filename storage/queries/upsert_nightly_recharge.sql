-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
-- An element that is an array itself travels as text, because unnest would flatten it.
INSERT INTO nightly_recharge AS stored (
  user_id, day, heart_rate_avg_bpm, beat_to_beat_avg_ms, hrv_rmssd_ms,
  breathing_rate_avg_per_min, recharge_status, ans_charge, ans_charge_status, hrv_minutes,
  hrv_samples_ms, breathing_minutes, breathing_samples_per_min, created_at, updated_at)
SELECT
  $1, day, heart_rate_avg_bpm, beat_to_beat_avg_ms, hrv_rmssd_ms,
  breathing_rate_avg_per_min, recharge_status, ans_charge, ans_charge_status,
  hrv_minutes::integer[], hrv_samples_ms::double precision[], breathing_minutes::integer[],
  breathing_samples_per_min::double precision[], $2::timestamptz, $2::timestamptz
FROM unnest(
  $3::date[], $4::integer[], $5::integer[], $6::integer[], $7::double precision[],
  $8::integer[], $9::double precision[], $10::integer[], $11::text[], $12::text[],
  $13::text[], $14::text[])
  AS incoming (
    day, heart_rate_avg_bpm, beat_to_beat_avg_ms, hrv_rmssd_ms, breathing_rate_avg_per_min,
    recharge_status, ans_charge, ans_charge_status, hrv_minutes, hrv_samples_ms,
    breathing_minutes, breathing_samples_per_min)
ON CONFLICT (user_id, day) DO UPDATE SET (
  heart_rate_avg_bpm, beat_to_beat_avg_ms, hrv_rmssd_ms, breathing_rate_avg_per_min,
  recharge_status, ans_charge, ans_charge_status, hrv_minutes, hrv_samples_ms,
  breathing_minutes, breathing_samples_per_min, updated_at, origin) = (
  excluded.heart_rate_avg_bpm, excluded.beat_to_beat_avg_ms, excluded.hrv_rmssd_ms,
  excluded.breathing_rate_avg_per_min, excluded.recharge_status, excluded.ans_charge,
  excluded.ans_charge_status, excluded.hrv_minutes, excluded.hrv_samples_ms,
  excluded.breathing_minutes, excluded.breathing_samples_per_min, excluded.updated_at,
  excluded.origin)
WHERE (
  stored.heart_rate_avg_bpm, stored.beat_to_beat_avg_ms, stored.hrv_rmssd_ms,
  stored.breathing_rate_avg_per_min, stored.recharge_status, stored.ans_charge,
  stored.ans_charge_status, stored.hrv_minutes, stored.hrv_samples_ms,
  stored.breathing_minutes, stored.breathing_samples_per_min) IS DISTINCT FROM (
  excluded.heart_rate_avg_bpm, excluded.beat_to_beat_avg_ms, excluded.hrv_rmssd_ms,
  excluded.breathing_rate_avg_per_min, excluded.recharge_status, excluded.ans_charge,
  excluded.ans_charge_status, excluded.hrv_minutes, excluded.hrv_samples_ms,
  excluded.breathing_minutes, excluded.breathing_samples_per_min)
