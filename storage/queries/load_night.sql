-- What list_sleep tells of the night, the rest of its row, and how many HRV values the recharge of
-- that day has.
SELECT
  night.day, night.sleep_score,
  CASE WHEN coalesce(night.light_sleep_s, night.deep_sleep_s, night.rem_sleep_s) IS NOT NULL
    THEN coalesce(night.light_sleep_s, 0) + coalesce(night.deep_sleep_s, 0)
      + coalesce(night.rem_sleep_s, 0) END,
  night.light_sleep_s, night.deep_sleep_s, night.rem_sleep_s, recharge.hrv_rmssd_ms,
  night.heart_rate_avg_bpm, recharge.breathing_rate_avg_per_min, skin.temperature_celsius,
  night.heart_rate_min_bpm, night.heart_rate_max_bpm, cardinality(recharge.hrv_minutes),
  night.start_time, night.end_time, night.utc_offset_minutes, night.device_id,
  night.unrecognized_sleep_s, night.interruptions_s, night.short_interruptions_s,
  night.long_interruptions_s, night.sleep_goal_s, night.sleep_rating, night.sleep_charge,
  night.sleep_cycles, night.continuity, night.continuity_class, night.group_duration_score,
  night.group_solidity_score, night.group_regeneration_score, night.hypnogram_minutes,
  night.hypnogram_stages, night.heart_rate_minutes, night.heart_rate_samples_bpm
FROM sleep AS night
LEFT JOIN nightly_recharge AS recharge
  ON recharge.user_id = night.user_id AND recharge.day = night.day
LEFT JOIN skin_temperature AS skin
  ON skin.user_id = night.user_id AND skin.day = night.day
WHERE night.user_id = $1 AND night.day = $2::date
