-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
-- An element that is an array itself travels as text, because unnest would flatten it.
INSERT INTO sleep AS stored (
  user_id, day, start_time, end_time, utc_offset_minutes, device_id, light_sleep_s,
  deep_sleep_s, rem_sleep_s, unrecognized_sleep_s, interruptions_s, short_interruptions_s,
  long_interruptions_s, sleep_goal_s, sleep_score, sleep_rating, sleep_charge, sleep_cycles,
  continuity, continuity_class, group_duration_score, group_solidity_score,
  group_regeneration_score, hypnogram_minutes, hypnogram_stages, heart_rate_minutes,
  heart_rate_samples_bpm, heart_rate_avg_bpm, heart_rate_min_bpm, heart_rate_max_bpm,
  created_at, updated_at)
SELECT
  $1, day, start_time, end_time, utc_offset_minutes, device_id, light_sleep_s, deep_sleep_s,
  rem_sleep_s, unrecognized_sleep_s, interruptions_s, short_interruptions_s,
  long_interruptions_s, sleep_goal_s, sleep_score, sleep_rating, sleep_charge, sleep_cycles,
  continuity, continuity_class, group_duration_score, group_solidity_score,
  group_regeneration_score, hypnogram_minutes::integer[],
  hypnogram_stages::double precision[], heart_rate_minutes::integer[],
  heart_rate_samples_bpm::double precision[], heart_rate_avg_bpm, heart_rate_min_bpm,
  heart_rate_max_bpm, $2::timestamptz, $2::timestamptz
FROM unnest(
  $3::date[], $4::timestamptz[], $5::timestamptz[], $6::integer[], $7::text[],
  $8::integer[], $9::integer[], $10::integer[], $11::integer[], $12::integer[],
  $13::integer[], $14::integer[], $15::integer[], $16::integer[], $17::integer[],
  $18::integer[], $19::integer[], $20::double precision[], $21::integer[],
  $22::double precision[], $23::double precision[], $24::double precision[], $25::text[],
  $26::text[], $27::text[], $28::text[], $29::double precision[], $30::double precision[],
  $31::double precision[])
  AS incoming (
    day, start_time, end_time, utc_offset_minutes, device_id, light_sleep_s, deep_sleep_s,
    rem_sleep_s, unrecognized_sleep_s, interruptions_s, short_interruptions_s,
    long_interruptions_s, sleep_goal_s, sleep_score, sleep_rating, sleep_charge,
    sleep_cycles, continuity, continuity_class, group_duration_score, group_solidity_score,
    group_regeneration_score, hypnogram_minutes, hypnogram_stages, heart_rate_minutes,
    heart_rate_samples_bpm, heart_rate_avg_bpm, heart_rate_min_bpm, heart_rate_max_bpm)
ON CONFLICT (user_id, day) DO UPDATE SET (
  start_time, end_time, utc_offset_minutes, device_id, light_sleep_s, deep_sleep_s,
  rem_sleep_s, unrecognized_sleep_s, interruptions_s, short_interruptions_s,
  long_interruptions_s, sleep_goal_s, sleep_score, sleep_rating, sleep_charge, sleep_cycles,
  continuity, continuity_class, group_duration_score, group_solidity_score,
  group_regeneration_score, hypnogram_minutes, hypnogram_stages, heart_rate_minutes,
  heart_rate_samples_bpm, heart_rate_avg_bpm, heart_rate_min_bpm, heart_rate_max_bpm,
  updated_at, origin) = (
  excluded.start_time, excluded.end_time, excluded.utc_offset_minutes, excluded.device_id,
  excluded.light_sleep_s, excluded.deep_sleep_s, excluded.rem_sleep_s,
  excluded.unrecognized_sleep_s, excluded.interruptions_s, excluded.short_interruptions_s,
  excluded.long_interruptions_s, excluded.sleep_goal_s, excluded.sleep_score,
  excluded.sleep_rating, excluded.sleep_charge, excluded.sleep_cycles, excluded.continuity,
  excluded.continuity_class, excluded.group_duration_score, excluded.group_solidity_score,
  excluded.group_regeneration_score, excluded.hypnogram_minutes, excluded.hypnogram_stages,
  excluded.heart_rate_minutes, excluded.heart_rate_samples_bpm, excluded.heart_rate_avg_bpm,
  excluded.heart_rate_min_bpm, excluded.heart_rate_max_bpm, excluded.updated_at, excluded.origin)
WHERE (
  stored.start_time, stored.end_time, stored.utc_offset_minutes, stored.device_id,
  stored.light_sleep_s, stored.deep_sleep_s, stored.rem_sleep_s,
  stored.unrecognized_sleep_s, stored.interruptions_s, stored.short_interruptions_s,
  stored.long_interruptions_s, stored.sleep_goal_s, stored.sleep_score, stored.sleep_rating,
  stored.sleep_charge, stored.sleep_cycles, stored.continuity, stored.continuity_class,
  stored.group_duration_score, stored.group_solidity_score, stored.group_regeneration_score,
  stored.hypnogram_minutes, stored.hypnogram_stages, stored.heart_rate_minutes,
  stored.heart_rate_samples_bpm, stored.heart_rate_avg_bpm, stored.heart_rate_min_bpm,
  stored.heart_rate_max_bpm) IS DISTINCT FROM (
  excluded.start_time, excluded.end_time, excluded.utc_offset_minutes, excluded.device_id,
  excluded.light_sleep_s, excluded.deep_sleep_s, excluded.rem_sleep_s,
  excluded.unrecognized_sleep_s, excluded.interruptions_s, excluded.short_interruptions_s,
  excluded.long_interruptions_s, excluded.sleep_goal_s, excluded.sleep_score,
  excluded.sleep_rating, excluded.sleep_charge, excluded.sleep_cycles, excluded.continuity,
  excluded.continuity_class, excluded.group_duration_score, excluded.group_solidity_score,
  excluded.group_regeneration_score, excluded.hypnogram_minutes, excluded.hypnogram_stages,
  excluded.heart_rate_minutes, excluded.heart_rate_samples_bpm, excluded.heart_rate_avg_bpm,
  excluded.heart_rate_min_bpm, excluded.heart_rate_max_bpm)
