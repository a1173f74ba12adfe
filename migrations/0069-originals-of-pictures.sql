-- Pictures that no browser shows are kept as PNG: which file that was, and its bytes' digest, is kept with them.
alter table twin.picture
  add column original_name text,
  add column original_sha256 text check (original_sha256 ~ '^[0-9a-f]{64}$');
