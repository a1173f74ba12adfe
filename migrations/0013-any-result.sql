-- What SensorThings 1.1 (18-088, 8.2.7 and 8.2.8) lets an observation be beside a number, and what is kept aside.

-- What a value says something about, where that is not the place of its thing.
create table live.feature_of_interest (
  id bigint generated always as identity primary key,
  name text collate "C" not null,
  description text collate "C" not null,
  encoding_type text collate "C" not null,
  feature jsonb not null,
  -- Null for a feature that is not written as GeoJSON.
  geom geometry(Geometry, 2177),
  properties jsonb not null default '{}'
);
create index feature_of_interest_geom on live.feature_of_interest using gist (geom);

alter table live.observation
  alter column result drop not null,
  -- A result that is no number: text, a truth value, an object, a list.
  add column result_any jsonb,
  add column feature_of_interest_id bigint references live.feature_of_interest (id) on delete cascade,
  add column result_quality jsonb,
  add column valid_from timestamptz,
  add column valid_to timestamptz check (valid_to >= valid_from),
  add column parameters jsonb,
  add constraint observation_result_check check (num_nonnulls(result, result_any) = 1);
create index observation_feature_of_interest on live.observation (feature_of_interest_id)
  where feature_of_interest_id is not null;

-- Values outside are kept and flagged: from the property `validRange` of a datastream, [lowest, highest].
alter table live.datastream
  add column valid_min double precision generated always as (
    case when jsonb_typeof(properties #> '{validRange,0}') = 'number'
      then (properties #> '{validRange,0}')::double precision end) stored,
  add column valid_max double precision generated always as (
    case when jsonb_typeof(properties #> '{validRange,1}') = 'number'
      then (properties #> '{validRange,1}')::double precision end) stored;

-- What was sent and could not become an observation: nothing is dropped in silence.
create table live.observation_aside (
  id bigint generated always as identity primary key,
  -- Null where it could not be told.
  datastream_id bigint references live.datastream (id) on delete cascade,
  phenomenon_time timestamptz,
  -- Another result at a time that has one, or something that is no value of a datastream.
  reason text collate "C" not null check (reason in ('differs', 'rejected')),
  -- What is wrong with it, in words.
  detail text collate "C" not null,
  -- What was sent, cut where it is long.
  sent text collate "C" not null,
  -- By which way it came: `sta`, `mqtt`, the name of an adapter.
  source text collate "C" not null,
  received_at timestamptz not null default clock_timestamp(),
  -- The same sent again is counted, not kept again.
  last_received_at timestamptz not null default clock_timestamp(),
  times bigint not null default 1
);
create unique index observation_aside_same on live.observation_aside
  (md5(sent), coalesce(datastream_id, 0), coalesce(phenomenon_time, '-infinity'), reason, source);
create index observation_aside_received on live.observation_aside (last_received_at);
create index observation_aside_datastream on live.observation_aside (datastream_id, phenomenon_time);
