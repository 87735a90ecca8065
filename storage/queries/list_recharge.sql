SELECT
  day, hrv_rmssd_ms, ans_charge, ans_charge_status, breathing_rate_avg_per_min,
  heart_rate_avg_bpm, recharge_status, beat_to_beat_avg_ms
FROM nightly_recharge
WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
ORDER BY day DESC
