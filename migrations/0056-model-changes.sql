-- Change sets of the 3D model: who did what to which buildings, and on what grounds. How the buildings were and are stands
-- in the register itself, by the version.
create table twin.model_change (
  id text collate "C" primary key,
  version bigint not null unique references twin.dataset_version (version),
  made_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  who text collate "C" not null,
  note text collate "C",
  asked jsonb not null,
  asked_hash text collate "C" not null,
  results jsonb not null,
  buildings text[] not null
);
create index model_change_building on twin.model_change using gin (buildings);
