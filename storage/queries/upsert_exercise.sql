-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
-- An exercise is told of by lists and by answers of its own, and neither need carry all that the
-- other does: a value that an answer lacks stays as it was. Zones, samples and route are those of
-- the newest answer of its own. The caller holds the user's lock, so nobody changes a row between
-- reading and writing it.
WITH incoming AS (
  SELECT *
  FROM unnest(
    $3::text[], $4::uuid[], $5::timestamptz[], $6::integer[], $7::timestamptz[],
    $8::double precision[], $9::text[], $10::text[], $11::text[], $12::text[],
    $13::double precision[], $14::integer[], $15::integer[], $16::integer[],
    $17::double precision[], $18::integer[], $19::integer[], $20::integer[], $21::integer[],
    $22::boolean[], $23::bigint[], $24::text[], $25::boolean[], $26::double precision[],
    $27::text[], $28::double precision[], $29::text[], $30::double precision[], $31::text[],
    $32::text[], $33::jsonb[], $34::jsonb[], $35::jsonb[], $36::boolean[])
    AS answered (
      polar_exercise_id, exercise_id, start_time, utc_offset_minutes, upload_time,
      duration_s, sport, detailed_sport, device, device_id, distance_m, calories_kcal,
      average_heart_rate_bpm, max_heart_rate_bpm, training_load, running_index, fat_percent,
      carbohydrate_percent, protein_percent, has_route, club_id, club_name, has_load_pro,
      pro_cardio_load, pro_cardio_load_interpretation, pro_muscle_load,
      pro_muscle_load_interpretation, pro_perceived_load, pro_perceived_load_interpretation,
      pro_user_rpe, heart_rate_zones, samples, route, is_detailed)
), merged AS (
  SELECT
    incoming.polar_exercise_id,
    incoming.exercise_id,
    -- Without an offset the start is a reading of the wall clock, so the two go together.
    CASE WHEN incoming.utc_offset_minutes IS NULL AND stored.utc_offset_minutes IS NOT NULL
      THEN stored.start_time ELSE incoming.start_time END AS start_time,
    coalesce(incoming.utc_offset_minutes, stored.utc_offset_minutes) AS utc_offset_minutes,
    coalesce(incoming.upload_time, stored.upload_time) AS upload_time,
    coalesce(incoming.duration_s, stored.duration_s) AS duration_s,
    coalesce(incoming.sport, stored.sport) AS sport,
    coalesce(incoming.detailed_sport, stored.detailed_sport) AS detailed_sport,
    coalesce(incoming.device, stored.device) AS device,
    coalesce(incoming.device_id, stored.device_id) AS device_id,
    coalesce(incoming.distance_m, stored.distance_m) AS distance_m,
    coalesce(incoming.calories_kcal, stored.calories_kcal) AS calories_kcal,
    coalesce(incoming.average_heart_rate_bpm, stored.average_heart_rate_bpm)
      AS average_heart_rate_bpm,
    coalesce(incoming.max_heart_rate_bpm, stored.max_heart_rate_bpm) AS max_heart_rate_bpm,
    coalesce(incoming.training_load, stored.training_load) AS training_load,
    coalesce(incoming.running_index, stored.running_index) AS running_index,
    coalesce(incoming.fat_percent, stored.fat_percent) AS fat_percent,
    coalesce(incoming.carbohydrate_percent, stored.carbohydrate_percent) AS carbohydrate_percent,
    coalesce(incoming.protein_percent, stored.protein_percent) AS protein_percent,
    coalesce(incoming.has_route, stored.has_route) AS has_route,
    coalesce(incoming.club_id, stored.club_id) AS club_id,
    coalesce(incoming.club_name, stored.club_name) AS club_name,
    incoming.has_load_pro OR coalesce(stored.has_load_pro, false) AS has_load_pro,
    CASE WHEN incoming.has_load_pro THEN incoming.pro_cardio_load
      ELSE stored.pro_cardio_load END AS pro_cardio_load,
    CASE WHEN incoming.has_load_pro THEN incoming.pro_cardio_load_interpretation
      ELSE stored.pro_cardio_load_interpretation END AS pro_cardio_load_interpretation,
    CASE WHEN incoming.has_load_pro THEN incoming.pro_muscle_load
      ELSE stored.pro_muscle_load END AS pro_muscle_load,
    CASE WHEN incoming.has_load_pro THEN incoming.pro_muscle_load_interpretation
      ELSE stored.pro_muscle_load_interpretation END AS pro_muscle_load_interpretation,
    CASE WHEN incoming.has_load_pro THEN incoming.pro_perceived_load
      ELSE stored.pro_perceived_load END AS pro_perceived_load,
    CASE WHEN incoming.has_load_pro THEN incoming.pro_perceived_load_interpretation
      ELSE stored.pro_perceived_load_interpretation END AS pro_perceived_load_interpretation,
    CASE WHEN incoming.has_load_pro THEN incoming.pro_user_rpe
      ELSE stored.pro_user_rpe END AS pro_user_rpe,
    CASE WHEN incoming.is_detailed THEN incoming.heart_rate_zones
      ELSE coalesce(incoming.heart_rate_zones, stored.heart_rate_zones) END AS heart_rate_zones,
    CASE WHEN incoming.is_detailed THEN incoming.samples
      ELSE coalesce(incoming.samples, stored.samples) END AS samples,
    CASE WHEN incoming.is_detailed THEN incoming.route
      ELSE coalesce(incoming.route, stored.route) END AS route
  FROM incoming
  LEFT JOIN exercise AS stored
    ON stored.user_id = $1 AND stored.polar_exercise_id = incoming.polar_exercise_id
)
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
FROM merged
ON CONFLICT (user_id, polar_exercise_id) DO UPDATE SET (
  exercise_id, start_time, utc_offset_minutes, upload_time, duration_s, sport,
  detailed_sport, device, device_id, distance_m, calories_kcal, average_heart_rate_bpm,
  max_heart_rate_bpm, training_load, running_index, fat_percent, carbohydrate_percent,
  protein_percent, has_route, club_id, club_name, has_load_pro, pro_cardio_load,
  pro_cardio_load_interpretation, pro_muscle_load, pro_muscle_load_interpretation,
  pro_perceived_load, pro_perceived_load_interpretation, pro_user_rpe, heart_rate_zones,
  samples, route, updated_at, origin) = (
  excluded.exercise_id, excluded.start_time, excluded.utc_offset_minutes,
  excluded.upload_time, excluded.duration_s, excluded.sport, excluded.detailed_sport,
  excluded.device, excluded.device_id, excluded.distance_m, excluded.calories_kcal,
  excluded.average_heart_rate_bpm, excluded.max_heart_rate_bpm, excluded.training_load,
  excluded.running_index, excluded.fat_percent, excluded.carbohydrate_percent,
  excluded.protein_percent, excluded.has_route, excluded.club_id, excluded.club_name,
  excluded.has_load_pro, excluded.pro_cardio_load, excluded.pro_cardio_load_interpretation,
  excluded.pro_muscle_load, excluded.pro_muscle_load_interpretation,
  excluded.pro_perceived_load, excluded.pro_perceived_load_interpretation,
  excluded.pro_user_rpe, excluded.heart_rate_zones, excluded.samples, excluded.route,
  excluded.updated_at, excluded.origin)
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
  excluded.pro_user_rpe, excluded.heart_rate_zones, excluded.samples, excluded.route)
