-- What families gave, first by the words they gave it in, then by numbers, hours and days apart; and the days of which hours have
-- changed. All are emptied by the end of the transaction.
create temporary table if not exists rolled (
  metric_key smallint,
  kind text,
  subject text,
  is_day boolean not null,
  bucket integer,
  num numeric,
  den numeric,
  n bigint,
  detail jsonb,
  fault text
) on commit delete rows;
create temporary table if not exists rolled_hour (
  subject_key integer not null,
  metric_key smallint not null,
  hour integer not null,
  num numeric,
  den numeric,
  n bigint not null,
  detail jsonb
) on commit delete rows;
create temporary table if not exists rolled_day (
  subject_key integer not null,
  metric_key smallint not null,
  day integer not null,
  num numeric,
  den numeric,
  n bigint not null,
  detail jsonb
) on commit delete rows;
create temporary table if not exists touched (
  subject_key integer not null,
  metric_key smallint not null,
  day integer not null
) on commit delete rows;
