-- The life of a scenario: what it takes for given, its state, where it comes from, and the log of its changes.
alter table twin.scenario
  add column assumptions text[] not null default '{}',
  add column law_date date not null default '2026-06-30',
  add column state text collate "C" not null default 'draft'
    check (state in ('draft', 'review', 'adopted', 'rejected')),
  -- Kept when the parent is deleted: a branch has all rows itself.
  add column parent_id text collate "C" check (parent_id <> id),
  add column parent_revision bigint,
  add column published_at timestamptz,
  add column published_by text collate "C",
  add column applied_at timestamptz,
  add column applied_by text collate "C",
  add column applied_version bigint references twin.dataset_version (version),
  add check ((parent_id is null) = (parent_revision is null)),
  add check (published_at is null or state <> 'draft'),
  add check (applied_at is null or state = 'adopted');
create index scenario_parent on twin.scenario (parent_id) where parent_id is not null;

create table twin.scenario_event (
  scenario_id text collate "C" not null references twin.scenario (id) on delete cascade,
  -- The revision that the change made.
  revision bigint not null,
  at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  who text collate "C" not null,
  action text collate "C" not null,
  detail jsonb not null default '{}',
  primary key (scenario_id, revision)
);

-- What is known of scenarios that were made before there was a log.
insert into twin.scenario_event (scenario_id, revision, at, who, action)
select id, 1, created_at, author, 'created' from twin.scenario;
