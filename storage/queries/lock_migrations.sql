-- Held until the transaction ends. Any fixed number will do, as long as no release changes it.
SELECT pg_advisory_xact_lock(7307487011466)
