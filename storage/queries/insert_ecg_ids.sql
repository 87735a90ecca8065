-- Gives every new ECG test a public id, older tests first. Tests that have one are left out before
-- they draw a number.
INSERT INTO ecg_ids (user_id, device_id, test_time)
SELECT $1, incoming.device_id, incoming.test_time
FROM unnest($2::text[], $3::timestamptz[]) AS incoming (device_id, test_time)
LEFT JOIN ecg_ids AS known
  ON known.user_id = $1
  AND known.device_id = incoming.device_id
  AND known.test_time = incoming.test_time
WHERE known.user_id IS NULL
ORDER BY incoming.test_time, incoming.device_id
ON CONFLICT (user_id, device_id, test_time) DO NOTHING
