-- Since when a building of the 3D model is in its state, whence its body comes, how accurate it is and how that is known.
do $$
declare
  target text;
begin
  foreach target in array array['city', 'scenario'] loop
    execute format('alter table %I.building_3d
      add column state_since date, add column geometry_source text collate "C",
      add column accuracy_m double precision, add column accuracy_basis text collate "C"', target);
  end loop;
end
$$;
