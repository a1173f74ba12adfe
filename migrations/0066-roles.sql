-- People of the office have roles that divide the work (core/access/rights.ts); `staff` has every right, as before.
alter table twin.account
  add constraint account_roles check (
    roles <@ '{public,networks,staff,planner,manager,steward,operations,auditor,admin}'
  ),
  -- Names of the layers that a steward edits.
  add column steward_of text[] not null default '{}',
  -- Nobody signs in with a locked account; its tokens are gone.
  add column locked_at timestamptz;

-- Each token can be listed and taken back by its id; one of a session also ends when it was not used for a while.
alter table twin.account_token
  add column id uuid not null unique default gen_random_uuid(),
  add column last_used_at timestamptz not null default clock_timestamp(),
  -- Null = only the absolute end holds.
  add column idle_minutes integer check (idle_minutes > 0);
