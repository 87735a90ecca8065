-- Everything there is of a user, in every table that names users.
WITH of_sleep AS (
  DELETE FROM sleep WHERE user_id = $1
), of_recharge AS (
  DELETE FROM nightly_recharge WHERE user_id = $1
), of_activity AS (
  DELETE FROM activity WHERE user_id = $1
), of_activity_samples AS (
  DELETE FROM activity_samples WHERE user_id = $1
), of_exercises AS (
  DELETE FROM exercise WHERE user_id = $1
), of_exercise_details AS (
  DELETE FROM exercise_details WHERE user_id = $1
), of_cardio_load AS (
  DELETE FROM cardio_load WHERE user_id = $1
), of_heart_rate AS (
  DELETE FROM continuous_heart_rate WHERE user_id = $1
), of_alertness AS (
  DELETE FROM sleepwise_alertness WHERE user_id = $1
), of_bedtime AS (
  DELETE FROM sleepwise_bedtime WHERE user_id = $1
), of_spo2 AS (
  DELETE FROM spo2 WHERE user_id = $1
), of_ecg AS (
  DELETE FROM ecg WHERE user_id = $1
), of_ecg_ids AS (
  DELETE FROM ecg_ids WHERE user_id = $1
), of_body_temperature AS (
  DELETE FROM body_temperature WHERE user_id = $1
), of_skin_temperature AS (
  DELETE FROM skin_temperature WHERE user_id = $1
), of_physical_info AS (
  DELETE FROM physical_info WHERE user_id = $1
), of_archive AS (
  DELETE FROM raw_replies WHERE user_id = $1
), of_coverage AS (
  DELETE FROM stream_coverage WHERE user_id = $1
), of_imports AS (
  DELETE FROM imports WHERE user_id = $1
), of_imported_files AS (
  DELETE FROM import_files WHERE user_id = $1
), of_news AS (
  DELETE FROM pending_news WHERE user_id = $1
), of_syncs AS (
  DELETE FROM sync_logs WHERE user_id = $1
), of_baselines AS (
  DELETE FROM user_baselines WHERE user_id = $1
), of_patterns AS (
  DELETE FROM pattern_analyses WHERE user_id = $1
), of_snapshot AS (
  DELETE FROM analytics_snapshot WHERE user_id = $1
), of_keys AS (
  DELETE FROM api_keys WHERE user_id = $1
), of_codes AS (
  DELETE FROM temporary_codes WHERE user_id = $1
)
DELETE FROM users
WHERE user_id = $1
