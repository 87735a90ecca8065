-- Everything of the fourteen streams that the archive can make again. Public ids of ECG tests, the
-- ledgers and what is known about the details of exercises stay.
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
), of_body_temperature AS (
  DELETE FROM body_temperature WHERE user_id = $1
), of_skin_temperature AS (
  DELETE FROM skin_temperature WHERE user_id = $1
)
DELETE FROM physical_info
WHERE user_id = $1
