-- Remarks of the public on scenarios: without names, addresses or anything else of who sent them. The database role of
-- public requests does not see them; what is shown is decided where they are read.
create table twin.scenario_comment (
  id text collate "C" primary key check (id ~ '^[a-z2-7]{12}$'),
  scenario_id text collate "C" not null references twin.scenario (id) on delete cascade,
  text text not null,
  -- The object that it speaks of, if any, and where that was.
  layer text collate "C",
  object_id text collate "C",
  geom geometry(Point, 2177) not null,
  state text collate "C" not null default 'pending' check (state in ('pending', 'shown', 'refused')),
  made_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  moderated_at timestamptz,
  moderated_by text collate "C",
  note text,
  check ((layer is null) = (object_id is null)),
  check ((state = 'pending') = (moderated_at is null) and (moderated_at is null) = (moderated_by is null))
);
create index scenario_comment_of on twin.scenario_comment (scenario_id, state, made_at desc);
