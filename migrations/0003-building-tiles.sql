-- Which tile of the 3D city a building belongs to, as `z/x/y`: the level by its size, the cell by the centre of
-- its box. The same rule as `cellOf` in tiles/tileset/building-grid.ts (a test compares them); being indexed, one
-- look-up finds the buildings of a tile on every level.
create function twin.building_tile(solid geometry) returns text
  language plpgsql immutable strict parallel safe
  set search_path from current -- an index needs it found when a backup is restored
  as $$
declare
  box constant box3d := solid::box3d;
  srid constant integer := ST_SRID(solid);
  is_polish constant boolean := srid between 2176 and 2180;
  is_geographic constant boolean := srid in (4258, 4326, 6697);
  width constant float8 := ST_XMax(box) - ST_XMin(box);
  depth constant float8 := ST_YMax(box) - ST_YMin(box);
  size_m constant float8 := greatest(
    sqrt(width * width + depth * depth) * case when is_geographic then 100000 else 1 end,
    2 * (ST_ZMax(box) - ST_ZMin(box)));
  z constant integer := case when is_polish then 6 else 12 end + case
    when size_m >= 200 then 0
    when size_m >= 140 then 1
    when size_m >= 100 then 2
    when size_m >= 70 then 3
    when size_m >= 40 then 4
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
create index building_3d_current_tile on city.building_3d (twin.building_tile(geom)) where valid_to is null;
