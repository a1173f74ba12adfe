-- Who may do more than the public. Passwords are kept as salted scrypt hashes, tokens as digests: neither can be read
-- back from here. The database role of public requests has no right on these tables.
create table twin.account (
  name text collate "C" primary key check (name ~ '^[a-z][a-z0-9._-]{0,40}$'),
  password_hash text collate "C" not null,
  roles text[] not null,
  created_at timestamptz not null default clock_timestamp()
);

create table twin.account_token (
  digest bytea primary key check (length(digest) = 32),
  account text collate "C" not null references twin.account (name) on delete cascade,
  label text collate "C" not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
create index account_token_account on twin.account_token (account);
