-- The rest of SensorThings 1.1 (18-088): places in degrees, past places, features of interest made from places.

-- The geometry that a place is written with: GeoJSON, also within a Feature; null for whatever else it may be.
create function live.place_of(written jsonb) returns geometry language plpgsql immutable as $$
declare
  shape jsonb := case when written ->> 'type' = 'Feature' then written -> 'geometry' else written end;
begin
  if shape ->> 'type' in ('Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon') then
    return ST_SetSRID(ST_MakeValid(ST_GeomFromGeoJSON(shape)), 4326);
  end if;
  return null;
exception when others then
  return null;
end $$;

-- Far from its meridian the city's own system means nothing.
create function live.place_in_city(place geometry) returns geometry language sql immutable as $$
  select case when place && ST_MakeEnvelope(9, 44, 33, 60, 4326) then ST_Transform(place, 2177) end
$$;

-- A place may be anywhere in the world, or be no geometry at all: `place` is in degrees WGS 84, longitude first.
alter table live.location
  alter column geom drop not null,
  add column place geometry(Geometry, 4326),
  -- What is observed at this place, where an observation does not say: made with the first thing that is there.
  add column feature_of_interest_id bigint references live.feature_of_interest (id) on delete set null;
create index location_place on live.location using gist (place);
create index location_feature_of_interest on live.location (feature_of_interest_id);
alter table live.feature_of_interest add column place geometry(Geometry, 4326);
create index feature_of_interest_place on live.feature_of_interest using gist (place);

create function live.place_location() returns trigger language plpgsql as $$
begin
  new.place := live.place_of(new.location);
  new.geom := live.place_in_city(new.place);
  return new;
end $$;
create trigger place_location before insert or update of location on live.location
  for each row execute function live.place_location();

create function live.place_feature() returns trigger language plpgsql as $$
begin
  new.place := live.place_of(new.feature);
  new.geom := live.place_in_city(new.place);
  return new;
end $$;
create trigger place_feature before insert or update of feature on live.feature_of_interest
  for each row execute function live.place_feature();

-- Where a thing was from this moment on (18-088, 8.2.3).
create table live.historical_location (
  id bigint generated always as identity primary key,
  thing_id bigint not null references live.thing (id) on delete cascade,
  time timestamptz not null
);
create index historical_location_thing on live.historical_location (thing_id, time);

create table live.historical_location_location (
  historical_location_id bigint not null references live.historical_location (id) on delete cascade,
  location_id bigint not null references live.location (id) on delete cascade,
  primary key (historical_location_id, location_id)
);
create index historical_location_location_location on live.historical_location_location (location_id);

-- A place of a thing is what its observations speak of; it follows the corrections of the place.
create function live.make_feature(place_id bigint) returns void language plpgsql as $$
declare
  made bigint;
begin
  perform from live.location where id = place_id and feature_of_interest_id is null for update;
  if found then
    insert into live.feature_of_interest (name, description, encoding_type, feature, properties)
      select name, description, encoding_type, location, properties from live.location where id = place_id
      returning id into made;
    update live.location set feature_of_interest_id = made where id = place_id;
  end if;
end $$;

create function live.feature_of_place() returns trigger language plpgsql as $$
begin
  perform live.make_feature(new.location_id);
  return null;
end $$;
create trigger feature_of_place after insert on live.thing_location
  for each row execute function live.feature_of_place();

create function live.correct_feature() returns trigger language plpgsql as $$
begin
  update live.feature_of_interest
    set (name, description, encoding_type, feature) = (new.name, new.description, new.encoding_type, new.location)
    where id = new.feature_of_interest_id;
  return null;
end $$;
create trigger correct_feature after update of name, description, encoding_type, location on live.location
  for each row when (new.feature_of_interest_id is not null) execute function live.correct_feature();

-- What an observation without a feature of its own speaks of: the place of its thing at that time, else the first.
create function live.feature_at(of_datastream bigint, at timestamptz) returns bigint language sql stable as $$
  select location.feature_of_interest_id
  from live.datastream
  join live.historical_location as past on past.thing_id = datastream.thing_id
  join live.historical_location_location as link on link.historical_location_id = past.id
  join live.location on location.id = link.location_id
  where datastream.id = of_datastream and location.feature_of_interest_id is not null
  order by past.time <= at desc, case when past.time <= at then past.time end desc, past.time, location.id
  limit 1
$$;

-- Datastreams of which some value may speak of this feature.
create function live.datastreams_of_feature(feature bigint) returns bigint[] language sql stable as $$
  select array(
    select datastream_id from live.observation where feature_of_interest_id = feature
    union
    select datastream.id from live.location
    join live.historical_location_location as link on link.location_id = location.id
    join live.historical_location as past on past.id = link.historical_location_id
    join live.datastream on datastream.thing_id = past.thing_id
    where location.feature_of_interest_id = feature)
$$;

-- What is known of things so far becomes their first past place.
update live.location set location = location;
insert into live.historical_location (thing_id, time)
  select id, created_at from live.thing where exists (select from live.thing_location where thing_id = thing.id);
insert into live.historical_location_location
  select past.id, location_id from live.historical_location as past
  join live.thing_location on thing_location.thing_id = past.thing_id;
select live.make_feature(location_id) from (select distinct location_id from live.thing_location) as placed;

alter table live.datastream
  add column observed_area jsonb,
  drop constraint datastream_sensor_id_fkey,
  drop constraint datastream_observed_property_id_fkey,
  add constraint datastream_sensor_id_fkey
    foreign key (sensor_id) references live.sensor (id) on delete cascade,
  add constraint datastream_observed_property_id_fkey
    foreign key (observed_property_id) references live.observed_property (id) on delete cascade;

-- An observation whose time or datastream was corrected is still found by its old id.
create table live.observation_moved (
  datastream_id bigint not null references live.datastream (id) on delete cascade,
  phenomenon_time timestamptz not null,
  to_datastream_id bigint not null references live.datastream (id) on delete cascade,
  to_phenomenon_time timestamptz not null,
  primary key (datastream_id, phenomenon_time)
);
create index observation_moved_to on live.observation_moved (to_datastream_id, to_phenomenon_time);

create trigger tell_historical_locations after insert or update or delete on live.historical_location
  for each row execute function live.tell_change('historical-locations', 'id');
-- Whoever follows the places of a thing hears when it is somewhere else.
create trigger tell_places after insert on live.thing_location
  for each row execute function live.tell_change('locations', 'location_id');

-- Text of a property as a moment; null where it is none.
create function live.moment_of(written text) returns timestamptz language plpgsql stable as $$
begin
  return case when written ~ '^\d{4}-\d\d-\d\d' then written::timestamptz end;
exception when others then
  return null;
end $$;
