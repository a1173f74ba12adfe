-- Runs of models. A run is named by what it depends on, so that the same request is the same run; what it gave is
-- kept as the text that was made, so that a run made again can be compared byte by byte.
create table twin.run_stack (
  -- SHA-256 of the edits.
  digest text collate "C" primary key check (digest ~ '^[0-9a-f]{64}$'),
  edits jsonb not null
);

create table twin.run (
  id text collate "C" primary key check (id ~ '^[0-9a-f]{32}$'),
  model text collate "C" not null,
  model_version text collate "C" not null,
  -- Of a model that runs elsewhere: what it says of itself.
  outside jsonb,
  parameters json not null,
  base_version bigint not null,
  base_at timestamptz not null,
  -- The scenario that it was asked for, while there is one, and how it stood.
  scenario_id text collate "C" references twin.scenario (id) on delete set null,
  scenario_revision bigint,
  stack_digest text collate "C" references twin.run_stack (digest),
  law_date date not null,
  -- Words of OGC API - Processes.
  state text collate "C" not null default 'accepted'
    check (state in ('accepted', 'running', 'successful', 'failed', 'dismissed')),
  progress smallint not null default 0 check (progress between 0 and 100),
  -- How often somebody began; what an earlier attempt still says is not heard.
  attempt integer not null default 0,
  -- Attempts since it was asked for last.
  tries integer not null default 0,
  asked_by text collate "C" not null,
  created_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  started_at timestamptz,
  ended_at timestamptz,
  updated_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  result json,
  -- Why it failed: kind, message, parameter.
  problem jsonb,
  check ((state = 'successful') = (result is not null))
);
create index run_scenario on twin.run (scenario_id, created_at desc);
create index run_created on twin.run (created_at desc, id);

create trigger tell_new_runs after insert or delete on twin.run
  for each row execute function live.tell_change('runs', 'id');
create trigger tell_runs after update on twin.run
  for each row when (old.state <> new.state or old.progress <> new.progress)
  execute function live.tell_change('runs', 'id');

-- Processes that work off the job queue, under the names by which they hold jobs there.
create table twin.job_worker (
  name text collate "C" primary key,
  seen_at timestamptz not null
);
