-- The columns of a table that a row of a takeout fills: their names, what each is filled with from a
-- record called `told`, and which times of such a record can be meant: an endless one, or one of
-- another millennium, would stop whoever reads the table. Generated ones fill themselves, and our own
-- running numbers are drawn again unless $2 says that clients know them.
SELECT
  string_agg(quote_ident(attname), ', ' ORDER BY attnum),
  string_agg(
    CASE WHEN pg_get_expr(adbin, adrelid) IS NULL THEN format('told.%I', attname)
      ELSE format('coalesce(told.%I, %s)', attname, pg_get_expr(adbin, adrelid)) END,
    ', ' ORDER BY attnum),
  coalesce(
    string_agg(
      format('(told.%1$I IS NULL OR told.%1$I BETWEEN ''1900-01-01'' AND ''2999-12-31'')', attname),
      ' AND ')
      FILTER (WHERE atttypid IN ('date'::regtype, 'timestamptz'::regtype, 'timestamp'::regtype)),
    'true')
FROM pg_attribute
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attrelid = to_regclass($1)
  AND attnum > 0
  AND NOT attisdropped
  AND attgenerated = ''
  AND (attidentity = '' OR $2::boolean)
