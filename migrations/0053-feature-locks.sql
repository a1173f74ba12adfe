-- Locks of staff on single objects. An expired one is kept for a day, so that who uses it hears that it has expired.
create table twin.feature_lock (
  id text collate "C" primary key,
  who text collate "C" not null,
  made_at timestamptz not null default clock_timestamp(),
  seconds integer not null check (seconds > 0),
  expires_at timestamptz not null
);
create table twin.locked_feature (
  layer text collate "C" not null,
  id text collate "C" not null,
  lock_id text collate "C" not null references twin.feature_lock (id) on delete cascade,
  primary key (layer, id)
);
create index locked_feature_lock on twin.locked_feature (lock_id);
