-- Makes those who change the same user's keys wait for each other.
SELECT user_id
FROM users
WHERE user_id = $1
FOR NO KEY UPDATE
