-- How each source of measurements fares, on whichever server it is asked or heard.
create table live.provider (
  name text collate "C" primary key,
  adapter text collate "C" not null,
  -- `waiting`: nothing yet; `failing`: the last attempt; `open`: so often that it is left in peace for a while.
  state text collate "C" not null check (state in ('waiting', 'ok', 'failing', 'open')),
  since timestamptz not null default clock_timestamp(),
  last_success timestamptz,
  last_error_at timestamptz,
  last_error text collate "C",
  -- Values: new ones, such as were there already, and what was kept aside.
  written bigint not null default 0,
  known bigint not null default 0,
  aside bigint not null default 0,
  -- Words of the sender that no kind of sensor is declared for.
  undeclared text[] collate "C" not null default '{}'
);
