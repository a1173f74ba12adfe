-- What the office said of an account, when and who: profiles, the right to critical detail of networks, last day.
-- Kept when the account is gone.
create table twin.account_change (
  id bigint generated always as identity primary key,
  account text collate "C" not null,
  changed_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  changed_by text collate "C" not null,
  -- As in PUT /api/accounts/{name}; never a password.
  said jsonb not null
);
create index account_change_account on twin.account_change (account, id desc);

-- In which city an order was made, so that it can be made again: of a moment, of a scenario, or as it is (both null).
alter table twin.data_order
  add column city_at timestamptz,
  add column scenario text collate "C";
