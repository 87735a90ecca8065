SELECT
  day, heart_rate_avg_bpm, beat_to_beat_avg_ms, hrv_rmssd_ms, breathing_rate_avg_per_min,
  recharge_status, ans_charge, ans_charge_status, hrv_minutes, hrv_samples_ms, breathing_minutes,
  breathing_samples_per_min
FROM nightly_recharge
WHERE user_id = $1 AND day = $2::date
