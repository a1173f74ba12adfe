-- Levels of tiles by sizes that the caller names, since networks and buildings have levels of their own.
-- The same rule as `cellOf` in tiles/tileset/building-grid.ts (a test compares them).
create function twin.tile_by_size(shape geometry, sizes_m float8[]) returns text
  language plpgsql immutable strict parallel safe
  set search_path from current -- an index needs it found when a backup is restored
  as $$
declare
  box constant box3d := shape::box3d;
  srid constant integer := ST_SRID(shape);
  is_polish constant boolean := srid between 2176 and 2180;
  is_geographic constant boolean := srid in (4258, 4326, 6697);
  width constant float8 := ST_XMax(box) - ST_XMin(box);
  depth constant float8 := ST_YMax(box) - ST_YMin(box);
  size_m constant float8 := greatest(
    sqrt(width * width + depth * depth) * case when is_geographic then 100000 else 1 end,
    2 * (ST_ZMax(box) - ST_ZMin(box)));
  z constant integer := case when is_polish then 6 else 12 end + case
    when size_m >= sizes_m[1] then 0
    when size_m >= sizes_m[2] then 1
    when size_m >= sizes_m[3] then 2
    when size_m >= sizes_m[4] then 3
    when size_m >= sizes_m[5] then 4
    else 5 end;
  left_edge constant float8 := case
    when srid = 2180 then 100000
    when is_polish then 6100000 + (srid - 2177) * 1000000
    when is_geographic then -262.144
    else -26214400 end;
  top_edge constant float8 := case
    when srid = 2180 then 919200
    when is_polish then 6219200
    when is_geographic then 262.144
    else 26214400 end;
  cell constant float8 := case
    when is_polish then 819200
    when is_geographic then 524.288
    else 52428800 end / 2 ^ z;
begin
  return z
    || '/' || floor(((ST_XMin(box) + ST_XMax(box)) / 2 - left_edge) / cell)::bigint
    || '/' || floor((top_edge - (ST_YMin(box) + ST_YMax(box)) / 2) / cell)::bigint;
end
  $$;

create function twin.network_tile(shape geometry) returns text
  language sql immutable strict parallel safe
  set search_path from current
  as $$ select twin.tile_by_size(shape, '{200,140,100,70,40}') $$;

-- In whichever schema a dataset has its tables: networks go over to their own rule.
do $$
declare
  found record;
begin
  for found in
    select pg_index.indexrelid::regclass as index, pg_get_indexdef(pg_index.indexrelid) as definition
    from pg_index join pg_class on pg_class.oid = pg_index.indrelid
    where pg_class.relname in ('utility_line', 'utility_device')
      and pg_get_indexdef(pg_index.indexrelid) like '%building_tile(%'
  loop
    execute format('drop index %s', found.index);
    execute replace(found.definition, 'building_tile(', 'network_tile(');
  end loop;
end
$$;

-- Of buildings more are in the upper levels, so that a city is seen from afar as one.
create or replace function twin.building_tile(solid geometry) returns text
  language sql immutable strict parallel safe
  set search_path from current
  as $$ select twin.tile_by_size(solid, '{100,70,40,24,20}') $$;
do $$
declare
  found regclass;
begin
  for found in
    select indexrelid::regclass from pg_index where pg_get_indexdef(indexrelid) like '%building_tile(%'
  loop
    execute format('reindex index %s', found);
  end loop;
end
$$;
