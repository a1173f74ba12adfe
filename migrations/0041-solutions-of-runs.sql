-- What further questions about a run are answered from, without computing it anew: solutions of the runs made last.
create table twin.run_solution (
  -- Names the run without its questions: all that ask about the same solution.
  solution text collate "C" primary key check (solution ~ '^[0-9a-f]{32}$'),
  -- Whose result goes with it.
  run_id text collate "C" not null references twin.run (id) on delete cascade,
  -- How the bytes are laid out; a release reads only its own.
  layout integer not null,
  -- Packed with Brotli.
  bytes bytea not null,
  kept_at timestamptz not null default clock_timestamp()
);
alter table twin.run_solution alter column bytes set storage external;
create index run_solution_run on twin.run_solution (run_id);
