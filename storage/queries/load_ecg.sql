SELECT
  ids.ecg_id, device_id, test_time, utc_offset_minutes, average_heart_rate_bpm, hrv_ms, hrv_level,
  rri_ms, pulse_transit_systolic_ms, pulse_transit_diastolic_ms, pulse_transit_quality_index,
  sample_offsets_ms, samples_mv, quality_offsets_ms, quality_levels
FROM ecg_ids AS ids
JOIN ecg USING (user_id, device_id, test_time)
WHERE user_id = $1 AND ids.ecg_id = $2::bigint
