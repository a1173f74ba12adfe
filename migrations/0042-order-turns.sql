-- Orders are packed in rounds: in each, everybody who waits gets one package made.
alter table twin.order_package add column round integer not null default 0;

-- Whose turn an order takes, only while it waits: an account, or a digest of the place that a visitor came from.
alter table twin.data_order add column turn text collate "C";
create index data_order_turn on twin.data_order (turn) where turn is not null;

-- Makes digests of places useless elsewhere.
create table twin.order_salt (
  salt bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
);
insert into twin.order_salt default values;

-- Whom to tell when a package is there, or will not be. An address is personal data: the row goes when it was told.
create table twin.order_notice (
  id bigint generated always as identity primary key,
  order_id text collate "C" not null references twin.data_order (id) on delete cascade,
  channel text collate "C" not null check (channel in ('webhook', 'email')),
  target text not null,
  attempts integer not null default 0,
  next_at timestamptz not null default clock_timestamp()
);
create index order_notice_order on twin.order_notice (order_id);
