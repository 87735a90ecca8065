-- When days were found empty, and which archived answers still wait for a reader.

-- The user's day on which the newest unconfirmed days were found empty; they are confirmed on a
-- later one only.
ALTER TABLE stream_coverage ADD COLUMN unconfirmed_on date;

-- No rows were made of this answer, because its reader did not understand it.
ALTER TABLE raw_replies ADD COLUMN is_unread boolean NOT NULL DEFAULT false;
