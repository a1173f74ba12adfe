-- Client accounts: whose they are, until when they may sign in, and in which profiles they may order data.
alter table twin.account
  add column organisation text,
  -- The last day, in Poland; null = no end.
  add column last_day date;

create table twin.entitlement (
  account text collate "C" not null references twin.account (name) on delete cascade,
  profile text collate "C" not null,
  last_day date,
  granted_by text collate "C" not null,
  granted_at timestamptz not null default clock_timestamp(),
  primary key (account, profile)
);

-- The use register: who took what, when and for which case, kept when accounts, orders and packages are long gone.
create table twin.data_use (
  id bigint generated always as identity primary key,
  taken_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  -- Null = taken at once, without an order.
  order_id text collate "C" unique,
  account text collate "C" not null,
  -- The account for whom the office took it.
  client text collate "C",
  organisation text,
  profile text collate "C" not null,
  case_number text,
  layers text[] not null,
  formats text[] not null,
  objects bigint not null
);
create index data_use_taken on twin.data_use (taken_at desc, id desc);
create index data_use_case on twin.data_use (case_number) where case_number is not null;
create index data_use_client on twin.data_use (client) where client is not null;

insert into twin.data_use (taken_at, order_id, account, profile, case_number, layers, formats, objects)
  select created_at, id, asked_by, profile, case_number, layers,
    array(select jsonb_array_elements_text(request -> 'formats')), objects
  from twin.data_order order by created_at, id;

-- For whom the office ordered: the client finds it among their own.
alter table twin.data_order add column client text collate "C";
create index data_order_client on twin.data_order (client, created_at desc, id) where client is not null;
