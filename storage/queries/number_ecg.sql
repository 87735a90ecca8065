-- Gives every ECG test of a user that has no public id one, older tests first. $1 user.
INSERT INTO ecg_ids (user_id, device_id, test_time)
SELECT tests.user_id, tests.device_id, tests.test_time
FROM ecg AS tests
LEFT JOIN ecg_ids AS known USING (user_id, device_id, test_time)
WHERE tests.user_id = $1 AND known.ecg_id IS NULL
ORDER BY tests.test_time, tests.device_id
