-- HRV and breathing are those of the recharge, the temperature that of the skin, of the same day.
SELECT
  night.day, night.sleep_score,
  CASE WHEN coalesce(night.light_sleep_s, night.deep_sleep_s, night.rem_sleep_s) IS NOT NULL
    THEN coalesce(night.light_sleep_s, 0) + coalesce(night.deep_sleep_s, 0)
      + coalesce(night.rem_sleep_s, 0) END,
  night.light_sleep_s, night.deep_sleep_s, night.rem_sleep_s, recharge.hrv_rmssd_ms,
  night.heart_rate_avg_bpm, recharge.breathing_rate_avg_per_min, skin.temperature_celsius
FROM sleep AS night
LEFT JOIN nightly_recharge AS recharge
  ON recharge.user_id = night.user_id AND recharge.day = night.day
LEFT JOIN skin_temperature AS skin
  ON skin.user_id = night.user_id AND skin.day = night.day
WHERE night.user_id = $1 AND night.day BETWEEN $2::date AND $3::date
ORDER BY night.day DESC
