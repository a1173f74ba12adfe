-- When not to trust what is measured, and who is told. Observations are never changed: doubts lie beside them.
create table live.quality_episode (
  datastream_id bigint not null references live.datastream (id) on delete cascade,
  rule text collate "C" not null check (rule in ('range', 'spike', 'flat-line', 'neighbours', 'outage', 'clock')),
  began_at timestamptz not null,
  -- Time of the last value in doubt; null while it goes on.
  ended_at timestamptz check (ended_at >= began_at),
  -- Values in doubt.
  count bigint not null,
  -- In words, {pl, en}, and its numbers by name.
  reason jsonb not null,
  detail jsonb not null,
  known_at timestamptz not null default clock_timestamp(),
  primary key (datastream_id, began_at, rule)
);
create index quality_episode_open on live.quality_episode (datastream_id) where ended_at is null;
create trigger tell_quality after insert or update or delete on live.quality_episode
  for each row execute function live.tell_change('quality', 'datastream_id');

-- What the rules remember of each stream, so that another server goes on where one left.
create table live.quality_state (
  datastream_id bigint primary key references live.datastream (id) on delete cascade,
  state jsonb not null
);

-- How far the rules have read: all that `seen` sees; of what `target` sees besides, up to (after_time, after_datastream).
create table live.quality_position (
  one boolean primary key default true check (one),
  seen pg_snapshot not null,
  target pg_snapshot,
  after_time timestamptz,
  after_datastream bigint
);

-- The first doubt about a value of a datastream: {rule, reason, since}; null when there is none.
create function live.doubt_of(datastream bigint, moment timestamptz) returns jsonb language sql stable as $$
  select jsonb_build_object('rule', rule, 'reason', reason, 'since', began_at)
  from live.quality_episode
  where datastream_id = datastream and began_at <= moment and (ended_at is null or ended_at >= moment)
    and rule not in ('outage', 'clock')
  order by began_at, rule limit 1
$$;

-- Not open to the role of public requests: owners, reasons and addresses are for staff.
create schema alerting;

create table alerting.threshold (
  id bigint generated always as identity primary key,
  -- Whence it came: `kind:pm10/0` for what a kind of sensor declares; null when a person made it.
  origin text collate "C" unique,
  -- {pl, en}
  title jsonb not null,
  severity text collate "C" not null check (severity in ('info', 'warning', 'critical')),
  -- Every datastream of a kind, or one.
  kind text collate "C",
  datastream_id bigint references live.datastream (id) on delete cascade,
  direction text collate "C" not null check (direction in ('above', 'below')),
  enter_value double precision not null,
  leave_value double precision not null,
  after_s integer not null check (after_s between 0 and 604800),
  enabled boolean not null default true,
  -- Who takes its alerts where nobody says otherwise.
  owner text collate "C",
  changed_by text collate "C" not null,
  changed_at timestamptz not null default clock_timestamp(),
  check (num_nonnulls(kind, datastream_id) = 1),
  check (case direction when 'above' then leave_value <= enter_value else leave_value >= enter_value end)
);

create table alerting.alert (
  id bigint generated always as identity primary key,
  -- What it is about: the same thing raises one alert while that one is not over.
  key text collate "C" not null,
  severity text collate "C" not null check (severity in ('info', 'warning', 'critical')),
  -- {pl, en}
  title jsonb not null,
  message jsonb not null,
  thing_id bigint references live.thing (id) on delete set null,
  datastream_id bigint references live.datastream (id) on delete set null,
  threshold_id bigint references alerting.threshold (id) on delete set null,
  rule text collate "C",
  -- When the city came into this state, by the times of the values, and when it left it.
  began_at timestamptz not null,
  over_at timestamptz,
  value double precision,
  unit jsonb,
  raised_at timestamptz not null default clock_timestamp(),
  state text collate "C" not null default 'open' check (state in ('open', 'acknowledged', 'closed')),
  owner text collate "C",
  reason text collate "C",
  revision integer not null default 1,
  check (state <> 'closed' or reason is not null)
);
create unique index alert_not_over on alerting.alert (key) where over_at is null;
create index alert_state on alerting.alert (state, raised_at desc);
create trigger tell_alerts after insert or update or delete on alerting.alert
  for each row execute function live.tell_change('alerts', 'id');

-- Every state that an alert has been in.
create table alerting.alert_change (
  alert_id bigint not null references alerting.alert (id) on delete cascade,
  revision integer not null,
  at timestamptz not null default clock_timestamp(),
  who text collate "C" not null,
  state text collate "C" not null,
  owner text collate "C",
  reason text collate "C",
  primary key (alert_id, revision)
);

-- What is to be told outside, to whom, and what became of it. It outlives the server that was about to tell it.
create table alerting.delivery (
  id bigint generated always as identity primary key,
  alert_id bigint not null references alerting.alert (id) on delete cascade,
  -- `raised`, `over`
  event text collate "C" not null,
  channel text collate "C" not null check (channel in ('webhook', 'email')),
  target text collate "C" not null,
  state text collate "C" not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  next_at timestamptz not null default clock_timestamp(),
  done_at timestamptz,
  -- What the last attempt failed by.
  problem text collate "C",
  unique (alert_id, event, channel, target)
);
create index delivery_waiting on alerting.delivery (next_at) where state = 'waiting';
