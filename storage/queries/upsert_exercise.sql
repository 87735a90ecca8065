-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
-- An answer without details (NULL) leaves the details of an earlier answer alone.
INSERT INTO exercise AS stored (
  user_id, polar_exercise_id, exercise_id, start_time, utc_offset_minutes, upload_time,
  duration_s, sport, detailed_sport, device, device_id, distance_m, calories_kcal,
  average_heart_rate_bpm, max_heart_rate_bpm, training_load, running_index, fat_percent,
  carbohydrate_percent, protein_percent, has_route, club_id, club_name, has_load_pro,
  pro_cardio_load, pro_cardio_load_interpretation, pro_muscle_load,
  pro_muscle_load_interpretation, pro_perceived_load, pro_perceived_load_interpretation,
  pro_user_rpe, heart_rate_zones, samples, route, created_at, updated_at)
SELECT
  $1, polar_exercise_id, exercise_id, start_time, utc_offset_minutes, upload_time,
  duration_s, sport, detailed_sport, device, device_id, distance_m, calories_kcal,
  average_heart_rate_bpm, max_heart_rate_bpm, training_load, running_index, fat_percent,
  carbohydrate_percent, protein_percent, has_route, club_id, club_name, has_load_pro,
  pro_cardio_load, pro_cardio_load_interpretation, pro_muscle_load,
  pro_muscle_load_interpretation, pro_perceived_load, pro_perceived_load_interpretation,
  pro_user_rpe, heart_rate_zones, samples, route, $2::timestamptz, $2::timestamptz
FROM unnest(
  $3::text[], $4::uuid[], $5::timestamptz[], $6::integer[], $7::timestamptz[],
  $8::double precision[], $9::text[], $10::text[], $11::text[], $12::text[],
  $13::double precision[], $14::integer[], $15::integer[], $16::integer[],
  $17::double precision[], $18::integer[], $19::integer[], $20::integer[], $21::integer[],
  $22::boolean[], $23::bigint[], $24::text[], $25::boolean[], $26::double precision[],
  $27::text[], $28::double precision[], $29::text[], $30::double precision[], $31::text[],
  $32::text[], $33::jsonb[], $34::jsonb[], $35::jsonb[])
  AS incoming (
    polar_exercise_id, exercise_id, start_time, utc_offset_minutes, upload_time, duration_s,
    sport, detailed_sport, device, device_id, distance_m, calories_kcal,
    average_heart_rate_bpm, max_heart_rate_bpm, training_load, running_index, fat_percent,
    carbohydrate_percent, protein_percent, has_route, club_id, club_name, has_load_pro,
    pro_cardio_load, pro_cardio_load_interpretation, pro_muscle_load,
    pro_muscle_load_interpretation, pro_perceived_load, pro_perceived_load_interpretation,
    pro_user_rpe, heart_rate_zones, samples, route)
ON CONFLICT (user_id, polar_exercise_id) DO UPDATE SET (
  exercise_id, start_time, utc_offset_minutes, upload_time, duration_s, sport,
  detailed_sport, device, device_id, distance_m, calories_kcal, average_heart_rate_bpm,
  max_heart_rate_bpm, training_load, running_index, fat_percent, carbohydrate_percent,
  protein_percent, has_route, club_id, club_name, has_load_pro, pro_cardio_load,
  pro_cardio_load_interpretation, pro_muscle_load, pro_muscle_load_interpretation,
  pro_perceived_load, pro_perceived_load_interpretation, pro_user_rpe, heart_rate_zones,
  samples, route, updated_at) = (
  excluded.exercise_id, excluded.start_time, excluded.utc_offset_minutes,
  excluded.upload_time, excluded.duration_s, excluded.sport, excluded.detailed_sport,
  excluded.device, excluded.device_id, excluded.distance_m, excluded.calories_kcal,
  excluded.average_heart_rate_bpm, excluded.max_heart_rate_bpm, excluded.training_load,
  excluded.running_index, excluded.fat_percent, excluded.carbohydrate_percent,
  excluded.protein_percent, excluded.has_route, excluded.club_id, excluded.club_name,
  excluded.has_load_pro, excluded.pro_cardio_load, excluded.pro_cardio_load_interpretation,
  excluded.pro_muscle_load, excluded.pro_muscle_load_interpretation,
  excluded.pro_perceived_load, excluded.pro_perceived_load_interpretation,
  excluded.pro_user_rpe, coalesce(excluded.heart_rate_zones, stored.heart_rate_zones),
  coalesce(excluded.samples, stored.samples), coalesce(excluded.route, stored.route),
  excluded.updated_at)
WHERE (
  stored.exercise_id, stored.start_time, stored.utc_offset_minutes, stored.upload_time,
  stored.duration_s, stored.sport, stored.detailed_sport, stored.device, stored.device_id,
  stored.distance_m, stored.calories_kcal, stored.average_heart_rate_bpm,
  stored.max_heart_rate_bpm, stored.training_load, stored.running_index, stored.fat_percent,
  stored.carbohydrate_percent, stored.protein_percent, stored.has_route, stored.club_id,
  stored.club_name, stored.has_load_pro, stored.pro_cardio_load,
  stored.pro_cardio_load_interpretation, stored.pro_muscle_load,
  stored.pro_muscle_load_interpretation, stored.pro_perceived_load,
  stored.pro_perceived_load_interpretation, stored.pro_user_rpe, stored.heart_rate_zones,
  stored.samples, stored.route) IS DISTINCT FROM (
  excluded.exercise_id, excluded.start_time, excluded.utc_offset_minutes,
  excluded.upload_time, excluded.duration_s, excluded.sport, excluded.detailed_sport,
  excluded.device, excluded.device_id, excluded.distance_m, excluded.calories_kcal,
  excluded.average_heart_rate_bpm, excluded.max_heart_rate_bpm, excluded.training_load,
  excluded.running_index, excluded.fat_percent, excluded.carbohydrate_percent,
  excluded.protein_percent, excluded.has_route, excluded.club_id, excluded.club_name,
  excluded.has_load_pro, excluded.pro_cardio_load, excluded.pro_cardio_load_interpretation,
  excluded.pro_muscle_load, excluded.pro_muscle_load_interpretation,
  excluded.pro_perceived_load, excluded.pro_perceived_load_interpretation,
  excluded.pro_user_rpe, coalesce(excluded.heart_rate_zones, stored.heart_rate_zones),
  coalesce(excluded.samples, stored.samples), coalesce(excluded.route, stored.route))
