SELECT
  (SELECT count(*) FROM sleep WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date),
  (SELECT count(*) FROM activity WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date),
  (SELECT count(*) FROM nightly_recharge WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date),
  (SELECT count(*) FROM cardio_load WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date),
  (SELECT count(*) FROM continuous_heart_rate
   WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date),
  (SELECT count(*) FROM exercise WHERE user_id = $1 AND start_day BETWEEN $2::date AND $3::date)
