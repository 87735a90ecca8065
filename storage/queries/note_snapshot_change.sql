UPDATE users
SET changes = changes + 1
WHERE user_id = $1
RETURNING changes
