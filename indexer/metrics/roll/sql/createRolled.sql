-- What a family gave, and the days of which hours have changed; both are emptied by the end of the transaction.
create temporary table if not exists rolled (
  metric text,
  kind text,
  subject text,
  hour integer,
  num numeric,
  den numeric,
  n bigint,
  detail jsonb
) on commit delete rows;
create temporary table if not exists touched (
  subject_key integer not null,
  metric_key smallint not null,
  day integer not null
) on commit delete rows;
