-- $1 user, $2 our public id as text, $3 which of the large series shall come: samples, route or
-- none. Lists in JSON become arrays, element i of each belongs together.
SELECT
  exercise_id, samples IS NOT NULL, route IS NOT NULL, details.detailed_sha256 IS NOT NULL,
  polar_exercise_id, start_time, utc_offset_minutes, upload_time, duration_s, sport, detailed_sport,
  device, device_id, distance_m, calories_kcal, average_heart_rate_bpm, max_heart_rate_bpm,
  training_load, running_index, fat_percent, carbohydrate_percent, protein_percent, has_route,
  club_id, club_name, has_load_pro, pro_cardio_load, pro_cardio_load_interpretation,
  pro_muscle_load, pro_muscle_load_interpretation, pro_perceived_load,
  pro_perceived_load_interpretation, pro_user_rpe, zones.indexes, zones.lower_limits,
  zones.upper_limits, zones.seconds, series.types, series.rates, series.contents, points.latitudes,
  points.longitudes, points.times, points.satellites, points.fixes
FROM exercise
LEFT JOIN exercise_details AS details USING (user_id, polar_exercise_id)
LEFT JOIN LATERAL (
  SELECT
    array_agg(zone ->> 'index' ORDER BY place) AS indexes,
    array_agg(zone ->> 'lower_limit_bpm' ORDER BY place) AS lower_limits,
    array_agg(zone ->> 'upper_limit_bpm' ORDER BY place) AS upper_limits,
    array_agg(zone ->> 'in_zone_s' ORDER BY place) AS seconds
  FROM jsonb_array_elements(heart_rate_zones) WITH ORDINALITY AS listed (zone, place)) AS zones
  ON true
LEFT JOIN LATERAL (
  SELECT
    array_agg(one ->> 'sample_type' ORDER BY place) AS types,
    array_agg(one ->> 'recording_rate_s' ORDER BY place) AS rates,
    array_agg(ARRAY(SELECT jsonb_array_elements_text(one -> 'values'))::text ORDER BY place)
      AS contents
  FROM jsonb_array_elements(CASE WHEN $3::text = 'samples' THEN samples END)
    WITH ORDINALITY AS listed (one, place)) AS series
  ON true
LEFT JOIN LATERAL (
  SELECT
    array_agg(point ->> 'latitude' ORDER BY place) AS latitudes,
    array_agg(point ->> 'longitude' ORDER BY place) AS longitudes,
    array_agg(point ->> 'time_s' ORDER BY place) AS times,
    array_agg(point ->> 'satellites' ORDER BY place) AS satellites,
    array_agg(point ->> 'fix' ORDER BY place) AS fixes
  FROM jsonb_array_elements(CASE WHEN $3::text = 'route' THEN route END)
    WITH ORDINALITY AS listed (point, place)) AS points
  ON true
WHERE user_id = $1 AND exercise_id::text = lower($2)
