-- One row for a known user: the zone, per metric its days and values, and the recorded days.
SELECT
  users.utc_offset_minutes,
  hrv.days, hrv.series,
  score.days, score.series,
  pulse.days, pulse.series,
  load.days, load.series,
  ratio.days, ratio.series,
  breathing.days, breathing.series,
  skin.days, skin.series,
  recorded.days
FROM users
CROSS JOIN LATERAL (
  SELECT array_agg(day ORDER BY day) AS days, array_agg(hrv_rmssd_ms ORDER BY day) AS series
  FROM nightly_recharge
  WHERE user_id = users.user_id AND hrv_rmssd_ms IS NOT NULL
) AS hrv
CROSS JOIN LATERAL (
  SELECT array_agg(day ORDER BY day) AS days, array_agg(sleep_score ORDER BY day) AS series
  FROM sleep
  WHERE user_id = users.user_id AND sleep_score IS NOT NULL
) AS score
CROSS JOIN LATERAL (
  SELECT array_agg(day ORDER BY day) AS days, array_agg(heart_rate_avg_bpm ORDER BY day) AS series
  FROM nightly_recharge
  WHERE user_id = users.user_id AND heart_rate_avg_bpm IS NOT NULL
) AS pulse
CROSS JOIN LATERAL (
  SELECT array_agg(day ORDER BY day) AS days, array_agg(cardio_load ORDER BY day) AS series
  FROM cardio_load
  WHERE user_id = users.user_id AND cardio_load > 0
) AS load
CROSS JOIN LATERAL (
  SELECT array_agg(day ORDER BY day) AS days, array_agg(ratio ORDER BY day) AS series
  FROM cardio_load
  WHERE user_id = users.user_id AND ratio > 0
) AS ratio
CROSS JOIN LATERAL (
  SELECT
    array_agg(day ORDER BY day) AS days,
    array_agg(breathing_rate_avg_per_min ORDER BY day) AS series
  FROM nightly_recharge
  WHERE user_id = users.user_id AND breathing_rate_avg_per_min IS NOT NULL
) AS breathing
CROSS JOIN LATERAL (
  SELECT array_agg(day ORDER BY day) AS days, array_agg(temperature_celsius ORDER BY day) AS series
  FROM skin_temperature
  WHERE user_id = users.user_id AND temperature_celsius IS NOT NULL
) AS skin
CROSS JOIN LATERAL (
  SELECT array_agg(day ORDER BY day) AS days
  FROM (
    SELECT day FROM sleep WHERE user_id = users.user_id
    UNION
    SELECT day FROM nightly_recharge WHERE user_id = users.user_id
  ) AS nights
) AS recorded
WHERE users.user_id = $1
