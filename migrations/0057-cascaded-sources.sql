-- Services of others whose layers stand in our catalogue.
create table twin.cascaded_source (
  name text collate "C" primary key check (name ~ '^[a-z][a-z0-9_]{0,30}$'),
  -- What was chosen of its capabilities, so that it can be asked without reading them again.
  declaration jsonb not null,
  changed_at timestamptz not null default clock_timestamp(),
  changed_by text collate "C" not null,
  -- How it fared when that last changed, so that a server that begins knows since when.
  state text not null default 'unasked' check (state in ('unasked', 'works', 'down')),
  since timestamptz,
  last_good_at timestamptz,
  reason text
);
