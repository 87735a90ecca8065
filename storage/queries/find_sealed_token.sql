SELECT sealed_token
FROM users
WHERE user_id = $1
