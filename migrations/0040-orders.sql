-- Orders of data. A package is named by everything that its bytes depend on, so that the same order is the same package;
-- its bytes lie beside it in pieces of one mebibyte, which any server can send from any place on.
create table twin.order_package (
  digest text collate "C" primary key check (digest ~ '^[0-9a-f]{32}$'),
  -- Waiting, being made, there, or why not.
  state text collate "C" not null default 'waiting' check (state in ('waiting', 'running', 'ready', 'failed')),
  progress smallint not null default 0 check (progress between 0 and 100),
  -- How often somebody began; what an earlier attempt still writes is not kept.
  attempt integer not null default 0,
  -- The order, whose eyes see it, and which state of the city.
  asked jsonb not null,
  file_name text not null,
  bytes bigint,
  problem jsonb,
  made_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);

create table twin.order_piece (
  digest text collate "C" not null references twin.order_package (digest) on delete cascade,
  attempt integer not null,
  ordinal integer not null,
  bytes bytea not null,
  primary key (digest, attempt, ordinal)
);
-- Packed once already.
alter table twin.order_piece alter column bytes set storage external;

-- Who took what, when and for which case: kept when the package is long gone.
create table twin.data_order (
  id text collate "C" primary key check (id ~ '^[0-9a-f]{32}$'),
  digest text collate "C" not null,
  asked_by text collate "C" not null,
  profile text collate "C" not null,
  case_number text,
  request jsonb not null,
  layers text[] not null,
  objects bigint not null,
  created_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  cancelled_at timestamptz
);
create index data_order_of on twin.data_order (asked_by, created_at desc, id);
create index data_order_package on twin.data_order (digest);
create index data_order_created on twin.data_order (created_at);
