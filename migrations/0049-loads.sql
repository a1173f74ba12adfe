-- What is known of a version of a dataset besides its counts: whose it is, under which terms, from which bytes, and how
-- they were read. Of older versions it is not known.
alter table twin.dataset_version
  add column steward text,
  add column licence text,
  add column file_sha256 text check (file_sha256 ~ '^[0-9a-f]{64}$'),
  add column file_bytes bigint,
  add column crs text,
  add column crs_decision text,
  add column schema_used text,
  add column added integer,
  add column changed integer,
  add column min_easting double precision,
  add column min_northing double precision,
  add column max_easting double precision,
  add column max_northing double precision;

-- Files that staff hand in through the browser, and what became of them.
create table twin.load (
  id text collate "C" primary key check (id ~ '^[0-9a-f]{32}$'),
  state text collate "C" not null default 'waiting'
    check (state in ('waiting', 'running', 'checked', 'loaded', 'refused', 'failed', 'cancelled')),
  -- Options as they were asked; `dryRun` is told apart, since the same file is checked first and loaded then.
  asked jsonb not null,
  dry_run boolean not null,
  file_name text not null,
  bytes bigint not null,
  sha256 text not null,
  made_by text collate "C" not null,
  made_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  started_at timestamptz,
  ended_at timestamptz,
  attempt integer not null default 0,
  step jsonb,
  report jsonb,
  problem jsonb
);
create index load_made on twin.load (made_at desc, id);

-- The file itself, in pieces of one mebibyte, until it is loaded or given up.
create table twin.load_piece (
  load text collate "C" not null references twin.load (id) on delete cascade,
  ordinal integer not null,
  bytes bytea not null,
  primary key (load, ordinal)
);
alter table twin.load_piece alter column bytes set storage external;

-- What was found in the file, object by object; what was rejected as it stood there.
create table twin.load_finding (
  load text collate "C" not null references twin.load (id) on delete cascade,
  ordinal integer not null,
  severity text collate "C" not null check (severity in ('error', 'warning', 'info')),
  code text collate "C" not null,
  object_id text collate "C",
  object_class text collate "C",
  layer text collate "C",
  message text not null,
  line integer,
  -- A place on it in the CRS of the city.
  easting double precision,
  northing double precision,
  srid integer,
  geometry jsonb,
  properties jsonb,
  primary key (load, ordinal)
);
