-- Who changed single objects, when, and through which door. What it was before and after is in the registers: rows of
-- this version are new, rows that ended at its moment are what was before.
create table twin.feature_edit (
  version bigint primary key references twin.dataset_version (version),
  made_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  who text collate "C" not null,
  door text collate "C" not null,
  layers text[] not null,
  inserted integer not null,
  updated integer not null,
  replaced integer not null,
  deleted integer not null
);
