-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
-- An element that is an array itself travels as text, because unnest would flatten it.
INSERT INTO ecg AS stored (
  user_id, device_id, test_time, utc_offset_minutes, average_heart_rate_bpm, hrv_ms,
  hrv_level, rri_ms, pulse_transit_systolic_ms, pulse_transit_diastolic_ms,
  pulse_transit_quality_index, sample_offsets_ms, samples_mv, quality_offsets_ms,
  quality_levels, created_at, updated_at)
SELECT
  $1, device_id, test_time, utc_offset_minutes, average_heart_rate_bpm, hrv_ms, hrv_level,
  rri_ms, pulse_transit_systolic_ms, pulse_transit_diastolic_ms,
  pulse_transit_quality_index, sample_offsets_ms::bigint[], samples_mv::double precision[],
  quality_offsets_ms::bigint[], quality_levels::text[], $2::timestamptz, $2::timestamptz
FROM unnest(
  $3::text[], $4::timestamptz[], $5::integer[], $6::integer[], $7::double precision[],
  $8::text[], $9::double precision[], $10::double precision[], $11::double precision[],
  $12::double precision[], $13::text[], $14::text[], $15::text[], $16::text[])
  AS incoming (
    device_id, test_time, utc_offset_minutes, average_heart_rate_bpm, hrv_ms, hrv_level,
    rri_ms, pulse_transit_systolic_ms, pulse_transit_diastolic_ms,
    pulse_transit_quality_index, sample_offsets_ms, samples_mv, quality_offsets_ms,
    quality_levels)
ON CONFLICT (user_id, device_id, test_time) DO UPDATE SET (
  utc_offset_minutes, average_heart_rate_bpm, hrv_ms, hrv_level, rri_ms,
  pulse_transit_systolic_ms, pulse_transit_diastolic_ms, pulse_transit_quality_index,
  sample_offsets_ms, samples_mv, quality_offsets_ms, quality_levels, updated_at, origin) = (
  excluded.utc_offset_minutes, excluded.average_heart_rate_bpm, excluded.hrv_ms,
  excluded.hrv_level, excluded.rri_ms, excluded.pulse_transit_systolic_ms,
  excluded.pulse_transit_diastolic_ms, excluded.pulse_transit_quality_index,
  excluded.sample_offsets_ms, excluded.samples_mv, excluded.quality_offsets_ms,
  excluded.quality_levels, excluded.updated_at, excluded.origin)
WHERE (
  stored.utc_offset_minutes, stored.average_heart_rate_bpm, stored.hrv_ms, stored.hrv_level,
  stored.rri_ms, stored.pulse_transit_systolic_ms, stored.pulse_transit_diastolic_ms,
  stored.pulse_transit_quality_index, stored.sample_offsets_ms, stored.samples_mv,
  stored.quality_offsets_ms, stored.quality_levels) IS DISTINCT FROM (
  excluded.utc_offset_minutes, excluded.average_heart_rate_bpm, excluded.hrv_ms,
  excluded.hrv_level, excluded.rri_ms, excluded.pulse_transit_systolic_ms,
  excluded.pulse_transit_diastolic_ms, excluded.pulse_transit_quality_index,
  excluded.sample_offsets_ms, excluded.samples_mv, excluded.quality_offsets_ms,
  excluded.quality_levels)
