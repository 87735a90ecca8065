-- A code lives for minutes; one that ended a day before the new one ends is of no use to anyone.
DELETE FROM temporary_codes
WHERE expires_at < $1::timestamptz - interval '1 day'
