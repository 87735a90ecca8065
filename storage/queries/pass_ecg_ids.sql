-- Numbers that are drawn from here on are beyond those that the user brought. $1 user.
SELECT setval(drawn.sequence, brought.newest)
FROM (SELECT pg_get_serial_sequence('ecg_ids', 'ecg_id')::regclass AS sequence) AS drawn
CROSS JOIN (SELECT max(ecg_id) AS newest FROM ecg_ids WHERE user_id = $1) AS brought
WHERE brought.newest > coalesce(pg_sequence_last_value(drawn.sequence), 0)
