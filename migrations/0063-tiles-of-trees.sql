-- Trees in 3D tiles: a tree is a thing of its height at its place, tall ones in larger tiles. Levels as in
-- tiles/tileset/tree-tiles.ts; twice the height is what `tile_by_size` takes for the size.
create function twin.tree_tile(place geometry, height_m float8) returns text
  language sql immutable parallel safe
  set search_path from current -- an index needs it found when a backup is restored
  as $$
    select twin.tile_by_size(
      ST_SetSRID(ST_MakeLine(
        ST_MakePoint(ST_X(place), ST_Y(place), 0),
        ST_MakePoint(ST_X(place), ST_Y(place), least(greatest(coalesce(height_m, 0), 0), 60) + 1e-3)), ST_SRID(place)),
      '{400,200,100,40,28}')
  $$;

create index tree_current_tile on city.tree (twin.tree_tile(geom, height_m)) where valid_to is null;
create index tree_ended_tile on city.tree (twin.tree_tile(geom, height_m)) where valid_to is not null;
create index tree_scenario_tile on scenario.tree (scenario_id, twin.tree_tile(geom, height_m));
