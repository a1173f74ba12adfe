-- How the surfaces of buildings look. A look is kept once by its digest and referred to by every version of a building that
-- has it, in the city and in scenarios; so are the pictures that it names. Nothing here is ever changed.
create table twin.picture (
  sha256 text collate "C" primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text collate "C" not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  width_px integer not null check (width_px > 0),
  height_px integer not null check (height_px > 0),
  bytes bytea not null
);
-- Pictures are packed already.
alter table twin.picture alter column bytes set storage external;

create table twin.appearance (
  sha256 text collate "C" primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Text, not jsonb: its digest is that of these bytes.
  document text not null
);

do $$
declare
  target text;
begin
  foreach target in array array['city', 'scenario'] loop
    execute format('alter table %I.building_3d add column appearance text collate "C"', target);
  end loop;
end
$$;
