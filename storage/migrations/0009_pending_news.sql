-- What webhooks announced and no sync has fetched yet. Polar announces the late change of a day once,
-- and a day that is settled is asked for by no schedule.
CREATE TABLE pending_news (
  user_id text NOT NULL,
  -- Announced again, the same news gets a new number: a sync that is fetching the old one must not
  -- take it for done.
  number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream text NOT NULL,
  -- NULL where the event names no days.
  first_day date,
  last_day date,
  polar_exercise_id text,
  announced_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  next_try_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, number)
);

CREATE UNIQUE INDEX pending_news_once ON pending_news (
  user_id, stream, coalesce(first_day, '-infinity'), coalesce(last_day, '-infinity'),
  coalesce(polar_exercise_id, ''));

CREATE INDEX pending_news_due ON pending_news (next_try_at);
