-- What the state of each layer was after every load, so that a catalogue of a past moment counts nothing.
create table twin.layer_status_past (
  dataset text collate "C" not null references twin.dataset (name),
  layer text collate "C" not null,
  object_count bigint not null,
  min_easting double precision,
  min_northing double precision,
  max_easting double precision,
  max_northing double precision,
  loaded_at timestamptz not null,
  source text collate "C" not null,
  synthetic boolean not null,
  version bigint not null references twin.dataset_version (version),
  primary key (dataset, layer, version)
);
insert into twin.layer_status_past (dataset, layer, object_count, min_easting, min_northing, max_easting,
  max_northing, loaded_at, source, synthetic, version)
select dataset, layer, object_count, min_easting, min_northing, max_easting, max_northing, loaded_at, source,
  synthetic, version
from twin.layer_status;

create function twin.keep_layer_status() returns trigger
  language plpgsql
  as $$
begin
  insert into twin.layer_status_past (dataset, layer, object_count, min_easting, min_northing, max_easting,
    max_northing, loaded_at, source, synthetic, version)
  values (new.dataset, new.layer, new.object_count, new.min_easting, new.min_northing, new.max_easting,
    new.max_northing, new.loaded_at, new.source, new.synthetic, new.version)
  on conflict (dataset, layer, version) do update set object_count = excluded.object_count,
    min_easting = excluded.min_easting, min_northing = excluded.min_northing, max_easting = excluded.max_easting,
    max_northing = excluded.max_northing, synthetic = excluded.synthetic;
  return null;
end
  $$;
create trigger keep_layer_status after insert or update on twin.layer_status
  for each row execute function twin.keep_layer_status();

-- 3D Tiles of a past moment and of scenarios look for ended models by tile too.
create index building_3d_ended_tile on city.building_3d (twin.building_tile(geom)) where valid_to is not null;
