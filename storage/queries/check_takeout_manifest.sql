-- The format and the user that a manifest tells. $1 its text.
SELECT ($1::jsonb ->> 'format')::integer, $1::jsonb ->> 'user_id'
