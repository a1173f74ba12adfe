-- Queries that staff keep under a name (WFS 2.0, CreateStoredQuery).
create table twin.stored_query (
  id text collate "C" primary key,
  definition jsonb not null,
  who text collate "C" not null,
  made_at timestamptz not null default clock_timestamp()
);
