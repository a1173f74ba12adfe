CREATE SCHEMA alerting;

CREATE SCHEMA audit;

CREATE SCHEMA city;

CREATE SCHEMA live;

CREATE SCHEMA personal;

CREATE SCHEMA scenario;

CREATE SCHEMA transit;

CREATE SCHEMA twin;

CREATE SCHEMA works;

CREATE FUNCTION audit.append(who text, what text, about text, why text, detail jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
declare
  head audit.head;
  moment timestamptz(3);
  next_digest bytea;
begin
  select * into strict head from audit.head for update;
  -- After the lock, so that times rise along the chain as the clock of the database does.
  moment := clock_timestamp();
  next_digest := sha256(
    head.digest || audit.framed((head.place + 1)::text)
    || audit.framed(to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    || audit.framed(who) || audit.framed(what) || audit.framed(about) || audit.framed(coalesce(why, ''))
    || audit.framed(detail::text));
  insert into audit.entry (place, at, who, what, about, why, detail, digest)
    values (head.place + 1, moment, who, what, about, coalesce(why, ''), detail::text::json, next_digest);
  update audit.head as h set place = head.place + 1, digest = next_digest;
  return head.place + 1;
end
$$;

CREATE FUNCTION audit.framed(said text) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select convert_to(octet_length(convert_to(said, 'UTF8')) || ':' || said || ',', 'UTF8')
$$;

CREATE FUNCTION audit.hear() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  known record;
  -- Said by who takes a row away (server/store/say-who.ts).
  teller text := coalesce(nullif(current_setting('audit.who', true), ''), 'database user ' || session_user);
begin
  if tg_op = 'DELETE' then
    case tg_table_name
    when 'account_token' then
      perform audit.append(coalesce(nullif(current_setting('audit.who', true), ''), old.account), 'token.ended',
        old.label, '', jsonb_build_object('id', old.id, 'account', old.account));
    when 'cascaded_source' then perform audit.append(teller, 'source.removed', old.name, '', '{}');
    when 'metadata_record' then perform audit.append(teller, 'record.removed', old.id, '', '{}');
    when 'stored_query' then perform audit.append(teller, 'query.removed', old.id, '', '{}');
    when 'scenario' then
      perform audit.append(teller, 'scenario.removed', old.id, '', jsonb_build_object('revision', old.revision));
    end case;
    return null;
  end if;
  case tg_table_name
  when 'account_change' then
    perform audit.append(new.changed_by, 'account.changed', new.account, new.said ->> 'why', new.said);
  when 'account_token' then
    perform audit.append(new.account, 'token.made', new.label, '', jsonb_build_object('id', new.id,
      'expiresAt', new.expires_at, 'idleMinutes', new.idle_minutes));
  when 'feature_edit' then
    perform audit.append(new.who, 'objects.edited', array_to_string(new.layers, ' '), '', jsonb_build_object(
      'version', new.version, 'door', new.door, 'inserted', new.inserted, 'updated', new.updated,
      'replaced', new.replaced, 'deleted', new.deleted));
  when 'model_change' then
    perform audit.append(new.who, 'model.changed', array_to_string(new.buildings[1:20], ' '), new.note,
      jsonb_build_object('id', new.id, 'version', new.version, 'buildings', cardinality(new.buildings)));
  when 'dataset_version' then
    -- Edits and changes of the model stand in books of their own, and the counts of a load come after its row.
    if exists (select from twin.feature_edit where version = new.version)
      or exists (select from twin.model_change where version = new.version) then
      return null;
    end if;
    select * into known from twin.dataset_version where version = new.version;
    if found then
      perform audit.append(teller, 'data.loaded', known.file_name, '', jsonb_build_object(
        'version', known.version, 'dataset', known.dataset, 'format', known.format, 'sha256', known.file_sha256,
        'written', known.written, 'ended', known.ended, 'rejected', known.rejected));
    end if;
  when 'load' then
    perform audit.append(new.made_by, case tg_op when 'INSERT' then 'load.asked' else 'load.' || new.state end,
      new.file_name, '', jsonb_build_object('id', new.id, 'sha256', new.sha256, 'bytes', new.bytes,
        'dryRun', new.dry_run));
  when 'scenario_event' then
    perform audit.append(new.who, 'scenario.' || new.action, new.scenario_id, new.detail ->> 'why',
      jsonb_build_object('revision', new.revision) || (new.detail - 'edits'));
  when 'data_use' then
    perform audit.append(new.account, 'data.taken', array_to_string(new.layers, ' '), new.case_number,
      jsonb_build_object('use', new.id, 'order', new.order_id, 'profile', new.profile, 'formats', new.formats,
        'objects', new.objects));
  when 'cascaded_source' then
    perform audit.append(new.changed_by, 'source.changed', new.name, '', '{}');
  when 'metadata_record' then
    perform audit.append(new.changed_by, 'record.changed', new.id, '', '{}');
  when 'stored_query' then
    perform audit.append(new.who, 'query.stored', new.id, '', '{}');
  when 'scenario_comment' then
    perform audit.append(new.moderated_by, 'comment.' || new.state, new.id, new.note,
      jsonb_build_object('scenario', new.scenario_id));
  when 'alert_change' then
    perform audit.append(new.who, 'alert.' || new.state, new.alert_id::text, new.reason,
      jsonb_build_object('revision', new.revision, 'owner', new.owner));
  when 'obstruction_event' then
    perform audit.append(new.who, 'obstruction.' || new.action, new.obstruction_id, new.reason,
      jsonb_build_object('revision', new.revision, 'state', new.state));
  end case;
  return null;
end
$$;

CREATE FUNCTION audit.hear_token() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  token twin.account_token := coalesce(new, old);
begin
  perform audit.append(coalesce(nullif(current_setting('audit.who', true), ''), token.account),
    case tg_op when 'INSERT' then 'token.made' else 'token.ended' end, token.label, '',
    jsonb_build_object('id', token.id, 'account', token.account, 'expiresAt', token.expires_at,
      'kind', case when token.idle_minutes is not null then 'session' when token.is_read_only then 'read-only key'
        else 'key' end));
  return null;
end
$$;

CREATE FUNCTION audit.refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'the audit is only added to: % of %.% is refused', lower(tg_op), tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;

CREATE FUNCTION live.correct_feature() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update live.feature_of_interest
    set (name, description, encoding_type, feature) = (new.name, new.description, new.encoding_type, new.location)
    where id = new.feature_of_interest_id;
  return null;
end $$;

CREATE FUNCTION live.datastreams_of_feature(feature bigint) RETURNS bigint[]
    LANGUAGE sql STABLE
    AS $$
  select array(
    select datastream_id from live.observation where feature_of_interest_id = feature
    union
    select datastream.id from live.location
    join live.historical_location_location as link on link.location_id = location.id
    join live.historical_location as past on past.id = link.historical_location_id
    join live.datastream on datastream.thing_id = past.thing_id
    where location.feature_of_interest_id = feature)
$$;

CREATE FUNCTION live.day_of(moment timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN date_trunc('day'::text, moment, 'Europe/Warsaw'::text);

CREATE FUNCTION live.doubt_of(datastream bigint, moment timestamp with time zone) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_build_object('rule', rule, 'reason', reason, 'since', began_at)
  from live.quality_episode
  where datastream_id = datastream and began_at <= moment and (ended_at is null or ended_at >= moment)
    and rule not in ('outage', 'clock')
  order by began_at, rule limit 1
$$;

CREATE FUNCTION live.feature_at(of_datastream bigint, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql STABLE
    AS $$
  select location.feature_of_interest_id
  from live.datastream
  join live.historical_location as past on past.thing_id = datastream.thing_id
  join live.historical_location_location as link on link.historical_location_id = past.id
  join live.location on location.id = link.location_id
  where datastream.id = of_datastream and location.feature_of_interest_id is not null
  order by past.time <= at desc, case when past.time <= at then past.time end desc, past.time, location.id
  limit 1
$$;

CREATE FUNCTION live.feature_of_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform live.make_feature(new.location_id);
  return null;
end $$;

CREATE FUNCTION live.five_minutes_of(moment timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_bin('00:05:00'::interval, moment, '2000-01-01 00:00:00+00'::timestamp with time zone);

CREATE FUNCTION live.hour_of(moment timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_bin('01:00:00'::interval, moment, '2000-01-01 00:00:00+00'::timestamp with time zone);

CREATE FUNCTION live.make_feature(place_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION live.make_month(moment timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform live.make_partition('observation', 'phenomenon_time', 'month', moment);
  perform live.make_partition('observation_5min', 'begins', 'month', moment);
  perform live.make_partition('observation_hour', 'begins', 'year', moment);
  perform live.make_partition('observation_day', 'begins', 'year', moment);
end $$;

CREATE FUNCTION live.make_partition(parent text, key text, unit text, moment timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  first_of_this timestamptz := date_trunc(unit, moment, 'UTC');
  first_of_next timestamptz := (date_trunc(unit, moment at time zone 'UTC') + ('1 ' || unit)::interval) at time zone 'UTC';
  part text := parent || to_char(moment at time zone 'UTC', case unit when 'month' then '_YYYY_MM' else '_YYYY' end);
begin
  perform pg_advisory_xact_lock(21770003);
  if to_regclass('live.' || part) is not null then
    return;
  end if;
  execute format('lock table live.%I in access exclusive mode', parent);
  execute format('create table live.%I (like live.%I including all)', part, parent);
  execute format('with moved as (delete from live.%I where %I >= %L and %I < %L returning *)
    insert into live.%I select * from moved',
    parent || '_other', key, first_of_this, key, first_of_next, part);
  execute format('alter table live.%I attach partition live.%I for values from (%L) to (%L)',
    parent, part, first_of_this, first_of_next);
end $$;

CREATE FUNCTION live.moment_of(written text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return case when written ~ '^\d{4}-\d\d-\d\d' then written::timestamptz end;
exception when others then
  return null;
end $$;

CREATE FUNCTION live.note_changes() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  insert into live.changed_stretch (datastream_id, begins)
  select distinct datastream_id, live.five_minutes_of(phenomenon_time) from gone;
  return null;
end $$;

CREATE FUNCTION live.place_feature() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.place := live.place_of(new.feature);
  new.geom := live.place_in_city(new.place);
  return new;
end $$;

CREATE FUNCTION live.place_in_city(place public.geometry) RETURNS public.geometry
    LANGUAGE sql IMMUTABLE
    AS $$
  select case when place && ST_MakeEnvelope(9, 44, 33, 60, 4326) then ST_Transform(place, 2177) end
$$;

CREATE FUNCTION live.place_location() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.place := live.place_of(new.location);
  new.geom := live.place_in_city(new.place);
  return new;
end $$;

CREATE FUNCTION live.place_of(written jsonb) RETURNS public.geometry
    LANGUAGE plpgsql IMMUTABLE
    AS $$
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

CREATE FUNCTION live.tell_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  -- Equal notices of one transaction are told once.
  perform pg_notify('live_notice',
    tg_argv[0] || ' ' || (to_jsonb(case tg_op when 'DELETE' then old else new end) ->> tg_argv[1]));
  return null;
end $$;

CREATE FUNCTION live.tell_observations() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if exists (select from written) then
    perform pg_notify('live_observation',
      pg_current_xact_id()::text || ' ' || pg_snapshot_xmin(pg_current_snapshot())::text);
  end if;
  return null;
end $$;

CREATE FUNCTION live.write_again() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.written_in := pg_current_xact_id()::text::bigint;
  return new;
end $$;

CREATE FUNCTION transit.moment_of(on_day date, seconds integer, time_zone text) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE
    AS $$
  select (on_day + time '12:00') at time zone time_zone - interval '12 hours' + make_interval(secs => seconds)
$$;

CREATE FUNCTION transit.runs_on(service text, on_day date) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select coalesce(
    (select added from transit.service_exception where service_id = service and day = on_day),
    (select days[extract(isodow from on_day)::integer] and on_day between from_day and to_day
      from transit.service_week where id = service),
    false)
$$;

CREATE FUNCTION transit.tell_vehicles() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if exists (select from written) then
    perform pg_notify('live_notice', 'vehicles ' || (select min(provider) from written));
  end if;
  return null;
end $$;

CREATE PROCEDURE twin.add_scenario_table(IN register text)
    LANGUAGE plpgsql
    AS $$
begin
  execute format('create table scenario.%I (like city.%I)', register, register);
  execute format('alter table scenario.%I drop column row_id, drop column valid_from, drop column valid_to,
    drop column dataset_version, drop column content_hash, alter column geom drop not null,
    add column scenario_id text collate "C" not null references twin.scenario (id) on delete cascade,
    add column is_deleted boolean not null default false,
    add primary key (scenario_id, id)', register);
  execute format('create index %I on scenario.%I using gist (geom)', register || '_scenario_geom', register);
end
  $$;

CREATE FUNCTION twin.building_tile(solid public.geometry) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO '$user', 'public'
    AS $$ select twin.tile_by_size(solid, '{100,70,40,24,20}') $$;

CREATE FUNCTION twin.footprint(solid public.geometry) RETURNS public.geometry
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ select ST_UnaryUnion(ST_CollectionExtract(ST_MakeValid(ST_Force2D(solid)), 3)) $$;

CREATE FUNCTION twin.keep_layer_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION twin.network_tile(shape public.geometry) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO '$user', 'public'
    AS $$ select twin.tile_by_size(shape, '{200,140,100,70,40}') $$;

CREATE FUNCTION twin.note_objects_of_edit() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'UPDATE' then
    delete from twin.scenario_edit_object where scenario_id = new.scenario_id and ordinal = new.ordinal;
  end if;
  insert into twin.scenario_edit_object (scenario_id, layer, object_id, ordinal)
    select distinct new.scenario_id, object ->> 'layer', object ->> 'id', new.ordinal
    from jsonb_array_elements(new.settled -> 'objects') as object;
  return null;
end
  $$;

CREATE FUNCTION twin.tile_by_size(shape public.geometry, sizes_m double precision[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO '$user', 'public'
    AS $$
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

CREATE FUNCTION twin.tree_tile(place public.geometry, height_m double precision) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO '$user', 'public'
    AS $$
    select twin.tile_by_size(
      ST_SetSRID(ST_MakeLine(
        ST_MakePoint(ST_X(place), ST_Y(place), 0),
        ST_MakePoint(ST_X(place), ST_Y(place), least(greatest(coalesce(height_m, 0), 0), 60) + 1e-3)), ST_SRID(place)),
      '{400,200,100,40,28}')
  $$;

CREATE TABLE alerting.alert (
    id bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    severity text NOT NULL COLLATE pg_catalog."C",
    title jsonb NOT NULL,
    message jsonb NOT NULL,
    thing_id bigint,
    datastream_id bigint,
    threshold_id bigint,
    rule text COLLATE pg_catalog."C",
    began_at timestamp with time zone NOT NULL,
    over_at timestamp with time zone,
    value double precision,
    unit jsonb,
    raised_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    state text DEFAULT 'open'::text NOT NULL COLLATE pg_catalog."C",
    owner text COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C",
    revision integer DEFAULT 1 NOT NULL,
    CONSTRAINT alert_check CHECK (((state <> 'closed'::text) OR (reason IS NOT NULL))),
    CONSTRAINT alert_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text]))),
    CONSTRAINT alert_state_check CHECK ((state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'closed'::text])))
);

CREATE TABLE alerting.alert_change (
    alert_id bigint NOT NULL,
    revision integer NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    who text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    owner text COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C"
);

ALTER TABLE alerting.alert ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME alerting.alert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE alerting.delivery (
    id bigint NOT NULL,
    alert_id bigint NOT NULL,
    event text NOT NULL COLLATE pg_catalog."C",
    channel text NOT NULL COLLATE pg_catalog."C",
    target text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT 'waiting'::text NOT NULL COLLATE pg_catalog."C",
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    done_at timestamp with time zone,
    problem text COLLATE pg_catalog."C",
    CONSTRAINT delivery_channel_check CHECK ((channel = ANY (ARRAY['webhook'::text, 'email'::text]))),
    CONSTRAINT delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])))
);

ALTER TABLE alerting.delivery ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME alerting.delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE alerting.threshold (
    id bigint NOT NULL,
    origin text COLLATE pg_catalog."C",
    title jsonb NOT NULL,
    severity text NOT NULL COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    datastream_id bigint,
    direction text NOT NULL COLLATE pg_catalog."C",
    enter_value double precision NOT NULL,
    leave_value double precision NOT NULL,
    after_s integer NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    owner text COLLATE pg_catalog."C",
    changed_by text NOT NULL COLLATE pg_catalog."C",
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT threshold_after_s_check CHECK (((after_s >= 0) AND (after_s <= 604800))),
    CONSTRAINT threshold_check CHECK ((num_nonnulls(kind, datastream_id) = 1)),
    CONSTRAINT threshold_check1 CHECK (
CASE direction
    WHEN 'above'::text THEN (leave_value <= enter_value)
    ELSE (leave_value >= enter_value)
END),
    CONSTRAINT threshold_direction_check CHECK ((direction = ANY (ARRAY['above'::text, 'below'::text]))),
    CONSTRAINT threshold_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text])))
);

ALTER TABLE alerting.threshold ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME alerting.threshold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE audit.entry (
    place bigint NOT NULL,
    at timestamp(3) with time zone NOT NULL,
    who text NOT NULL COLLATE pg_catalog."C",
    what text NOT NULL COLLATE pg_catalog."C",
    about text NOT NULL COLLATE pg_catalog."C",
    why text NOT NULL,
    detail json NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT entry_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT entry_place_check CHECK ((place > 0))
);

CREATE TABLE audit.head (
    only_one boolean DEFAULT true NOT NULL,
    place bigint NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT head_only_one_check CHECK (only_one)
);

CREATE TABLE city.ad_carrier (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    area_m2 double precision,
    height_m double precision,
    status text COLLATE pg_catalog."C",
    parcel_id text COLLATE pg_catalog."C",
    surveyed_on date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT ad_carrier_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.ad_carrier ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.ad_carrier_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.address (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    town text COLLATE pg_catalog."C",
    street text COLLATE pg_catalog."C",
    house_number text COLLATE pg_catalog."C",
    town_code text COLLATE pg_catalog."C",
    street_code text COLLATE pg_catalog."C",
    postal_code text COLLATE pg_catalog."C",
    parcel_id text COLLATE pg_catalog."C",
    building_id text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT address_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.address ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.address_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.airport_surface (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    aerodrome text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    limit_from_m double precision,
    limit_to_m double precision,
    documentation text COLLATE pg_catalog."C",
    documented_on date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT airport_surface_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.airport_surface ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.airport_surface_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.bdot10k_area (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    class text COLLATE pg_catalog."C",
    code text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    number text COLLATE pg_catalog."C",
    use text COLLATE pg_catalog."C",
    surface text COLLATE pg_catalog."C",
    width_m double precision,
    storeys integer,
    existence text COLLATE pg_catalog."C",
    position_source text COLLATE pg_catalog."C",
    other text COLLATE pg_catalog."C",
    remark text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT bdot10k_area_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.bdot10k_area ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.bdot10k_area_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.bdot10k_line (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiLineString,2177) NOT NULL,
    class text COLLATE pg_catalog."C",
    code text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    number text COLLATE pg_catalog."C",
    use text COLLATE pg_catalog."C",
    surface text COLLATE pg_catalog."C",
    width_m double precision,
    storeys integer,
    existence text COLLATE pg_catalog."C",
    position_source text COLLATE pg_catalog."C",
    other text COLLATE pg_catalog."C",
    remark text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT bdot10k_line_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.bdot10k_line ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.bdot10k_line_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.bdot10k_point (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    class text COLLATE pg_catalog."C",
    code text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    number text COLLATE pg_catalog."C",
    use text COLLATE pg_catalog."C",
    surface text COLLATE pg_catalog."C",
    width_m double precision,
    storeys integer,
    existence text COLLATE pg_catalog."C",
    position_source text COLLATE pg_catalog."C",
    other text COLLATE pg_catalog."C",
    remark text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT bdot10k_point_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.bdot10k_point ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.bdot10k_point_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.boundary_point (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    point_number text COLLATE pg_catalog."C",
    origin text COLLATE pg_catalog."C",
    meets_accuracy text COLLATE pg_catalog."C",
    monument text COLLATE pg_catalog."C",
    position_error text COLLATE pg_catalog."C",
    source_designation text COLLATE pg_catalog."C",
    survey_file text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT boundary_point_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.boundary_point ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.boundary_point_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.building (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    storeys_above integer,
    storeys_below integer,
    built_area_m2 double precision,
    parcel_ids text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT building_check CHECK ((valid_to >= valid_from))
);

CREATE TABLE city.building_3d (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygonZ,2177) NOT NULL,
    building_id text COLLATE pg_catalog."C",
    lod integer,
    state text COLLATE pg_catalog."C",
    function text COLLATE pg_catalog."C",
    roof_type text COLLATE pg_catalog."C",
    height_m double precision,
    ground_height_m double precision,
    storeys_above integer,
    surface_kinds text COLLATE pg_catalog."C",
    roof_source text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    state_since date,
    geometry_source text COLLATE pg_catalog."C",
    accuracy_m double precision,
    accuracy_basis text COLLATE pg_catalog."C",
    appearance text COLLATE pg_catalog."C",
    CONSTRAINT building_3d_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.building_3d ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.building_3d_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.building_line (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(LineString,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    zone_id text COLLATE pg_catalog."C",
    act_id text COLLATE pg_catalog."C",
    offset_m double precision,
    status text COLLATE pg_catalog."C",
    in_force_since date,
    in_force_until date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT building_line_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.building_line ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.building_line_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE city.building ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.building_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.cadastral_unit (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT cadastral_unit_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.cadastral_unit ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.cadastral_unit_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.census_cell (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    residents integer,
    age_0_14 integer,
    age_15_64 integer,
    age_65_plus integer,
    men integer,
    women integer,
    density text COLLATE pg_catalog."C",
    withheld text COLLATE pg_catalog."C",
    counted_on date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT census_cell_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.census_cell ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.census_cell_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.control_point (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    point_number text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    class text COLLATE pg_catalog."C",
    height_m double precision,
    height_system text COLLATE pg_catalog."C",
    marker text COLLATE pg_catalog."C",
    mark_state text COLLATE pg_catalog."C",
    position_error_m double precision,
    height_error_m double precision,
    surveyed_on date,
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT control_point_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.control_point ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.control_point_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.defibrillator (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    place text COLLATE pg_catalog."C",
    opening_hours text COLLATE pg_catalog."C",
    access text COLLATE pg_catalog."C",
    indoor boolean,
    building_id text COLLATE pg_catalog."C",
    checked_on date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT defibrillator_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.defibrillator ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.defibrillator_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.dike (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    river text COLLATE pg_catalog."C",
    bank text COLLATE pg_catalog."C",
    dike_class text COLLATE pg_catalog."C",
    crown_level_m double precision,
    built_year integer,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT dike_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.dike ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.dike_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.district (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    resolution text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT district_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.district ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.district_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.electromagnetic_field (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    source text COLLATE pg_catalog."C",
    level_from double precision,
    level_to double precision,
    method text COLLATE pg_catalog."C",
    measured_on date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT electromagnetic_field_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.electromagnetic_field ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.electromagnetic_field_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.facility (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    capacity integer,
    enrolled integer,
    age_from integer,
    age_to integer,
    opening_hours text COLLATE pg_catalog."C",
    opened_on date,
    ownership text COLLATE pg_catalog."C",
    address text COLLATE pg_catalog."C",
    building_id text COLLATE pg_catalog."C",
    waiting_list_contact text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    waiting integer,
    area_m2 double precision,
    CONSTRAINT facility_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.facility ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.facility_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.flood_zone (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    probability text COLLATE pg_catalog."C",
    max_depth_m double precision,
    water_level_m double precision,
    river text COLLATE pg_catalog."C",
    map_date date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT flood_zone_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.flood_zone ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.flood_zone_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.footway (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(LineString,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    width_m double precision,
    surface text COLLATE pg_catalog."C",
    step_free boolean,
    from_node text COLLATE pg_catalog."C",
    to_node text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    incline_pct double precision,
    CONSTRAINT footway_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.footway ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.footway_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.green_area (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    access text COLLATE pg_catalog."C",
    area_m2 double precision,
    manager text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT green_area_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.green_area ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.green_area_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.heritage_site (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    register_number text COLLATE pg_catalog."C",
    decided_on date,
    building_id text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT heritage_site_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.heritage_site ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.heritage_site_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.intake_zone (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    intake text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    bans text COLLATE pg_catalog."C",
    act_title text COLLATE pg_catalog."C",
    act_number text COLLATE pg_catalog."C",
    act_publication text COLLATE pg_catalog."C",
    in_force_since date,
    in_force_until date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT intake_zone_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.intake_zone ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.intake_zone_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.land_cover (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    sealed_share_pct double precision,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT land_cover_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.land_cover ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.land_cover_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.landscape_area (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    ads text COLLATE pg_catalog."C",
    max_ad_area_m2 double precision,
    max_fence_height_m double precision,
    act_title text COLLATE pg_catalog."C",
    act_number text COLLATE pg_catalog."C",
    act_publication text COLLATE pg_catalog."C",
    in_force_since date,
    in_force_until date,
    adapt_until date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT landscape_area_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.landscape_area ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.landscape_area_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.landslide (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    number text COLLATE pg_catalog."C",
    activity text COLLATE pg_catalog."C",
    recorded_on date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT landslide_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.landslide ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.landslide_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.mining_area (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    mineral text COLLATE pg_catalog."C",
    concession_number text COLLATE pg_catalog."C",
    concession_until date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT mining_area_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.mining_area ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.mining_area_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.nature_area (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    code text COLLATE pg_catalog."C",
    act text COLLATE pg_catalog."C",
    protected_since date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT nature_area_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.nature_area ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.nature_area_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.noise_zone (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    source text COLLATE pg_catalog."C",
    indicator text COLLATE pg_catalog."C",
    level_from_db integer,
    level_to_db integer,
    level text COLLATE pg_catalog."C",
    map_year integer,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT noise_zone_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.noise_zone ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.noise_zone_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.obstruction (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    impact text COLLATE pg_catalog."C",
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    hours text COLLATE pg_catalog."C",
    actual_start timestamp with time zone,
    streets text COLLATE pg_catalog."C",
    road_ids text COLLATE pg_catalog."C",
    length_m double precision,
    lanes_left integer,
    modes text COLLATE pg_catalog."C",
    network text COLLATE pg_catalog."C",
    detour text COLLATE pg_catalog."C",
    owner text COLLATE pg_catalog."C",
    description text COLLATE pg_catalog."C",
    decision_number text COLLATE pg_catalog."C",
    decision_basis text COLLATE pg_catalog."C",
    contact_name text COLLATE pg_catalog."C",
    contact_phone text COLLATE pg_catalog."C",
    contact_email text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT obstruction_check CHECK ((valid_to >= valid_from))
);

CREATE TABLE city.obstruction_detour (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiLineString,2177) NOT NULL,
    obstruction_id text COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    description text COLLATE pg_catalog."C",
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT obstruction_detour_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.obstruction_detour ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.obstruction_detour_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE city.obstruction ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.obstruction_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.official_case (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    status text COLLATE pg_catalog."C",
    number text COLLATE pg_catalog."C",
    subject text COLLATE pg_catalog."C",
    authority text COLLATE pg_catalog."C",
    applied_on date,
    decided_on date,
    final_on date,
    valid_until date,
    parcel_ids text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT official_case_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.official_case ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.official_case_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.parcel (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    parcel_number text COLLATE pg_catalog."C",
    precinct_id text COLLATE pg_catalog."C",
    map_sheet text COLLATE pg_catalog."C",
    registered_area_ha double precision,
    area_precision text COLLATE pg_catalog."C",
    land_use text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    register_group text COLLATE pg_catalog."C",
    public_holder text COLLATE pg_catalog."C",
    CONSTRAINT parcel_check CHECK ((valid_to >= valid_from))
);

CREATE TABLE city.parcel_land_use (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    parcel_id text COLLATE pg_catalog."C",
    ordinal integer,
    designation text COLLATE pg_catalog."C",
    land_use text COLLATE pg_catalog."C",
    soil_use text COLLATE pg_catalog."C",
    soil_class text COLLATE pg_catalog."C",
    area_ha double precision,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT parcel_land_use_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.parcel_land_use ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.parcel_land_use_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE city.parcel ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.parcel_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.parking_bay (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    zone text COLLATE pg_catalog."C",
    monitored boolean,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT parking_bay_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.parking_bay ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.parking_bay_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.plan_act (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    plan_kind text COLLATE pg_catalog."C",
    title text COLLATE pg_catalog."C",
    number text COLLATE pg_catalog."C",
    publication text COLLATE pg_catalog."C",
    status text COLLATE pg_catalog."C",
    begun_on date,
    adopted_on date,
    in_force_since date,
    in_force_until date,
    changes text COLLATE pg_catalog."C",
    drawing_scale integer,
    text_url text COLLATE pg_catalog."C",
    drawing_url text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    plan_type text COLLATE pg_catalog."C",
    alternative_title text COLLATE pg_catalog."C",
    change_number integer,
    is_modification boolean,
    base_map_date date,
    base_map_reference text COLLATE pg_catalog."C",
    base_map_url text COLLATE pg_catalog."C",
    resolution_title text COLLATE pg_catalog."C",
    resolution_iip text COLLATE pg_catalog."C",
    beginning_title text COLLATE pg_catalog."C",
    beginning_iip text COLLATE pg_catalog."C",
    drawing_title text COLLATE pg_catalog."C",
    drawing_crs text COLLATE pg_catalog."C",
    drawing_iip text COLLATE pg_catalog."C",
    CONSTRAINT plan_act_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.plan_act ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.plan_act_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.plan_area (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    designation text COLLATE pg_catalog."C",
    act_id text COLLATE pg_catalog."C",
    status text COLLATE pg_catalog."C",
    in_force_since date,
    in_force_until date,
    excludes_farmsteads boolean,
    max_school_distance_m double precision,
    max_green_areas_distance_m double precision,
    min_green_areas_ha double precision,
    max_green_area_distance_m double precision,
    min_green_area_ha double precision,
    other_standards text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    strength text COLLATE pg_catalog."C",
    CONSTRAINT plan_area_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.plan_area ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.plan_area_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.plan_zone (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    plan_kind text COLLATE pg_catalog."C",
    designation text COLLATE pg_catalog."C",
    symbol text COLLATE pg_catalog."C",
    zone_kind text COLLATE pg_catalog."C",
    base_profile text COLLATE pg_catalog."C",
    additional_profile text COLLATE pg_catalog."C",
    max_height_m double precision,
    min_intensity double precision,
    max_intensity double precision,
    max_built_share_pct double precision,
    min_bioactive_share_pct double precision,
    min_parcel_area_m2 double precision,
    min_parking_per_dwelling double precision,
    roof_shape text COLLATE pg_catalog."C",
    act_title text COLLATE pg_catalog."C",
    act_number text COLLATE pg_catalog."C",
    act_publication text COLLATE pg_catalog."C",
    in_force_since date,
    in_force_until date,
    status text COLLATE pg_catalog."C",
    strength text COLLATE pg_catalog."C",
    drafting_note text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    act_id text COLLATE pg_catalog."C",
    max_storeys integer,
    min_parking_per_100m2 double precision,
    provisions text COLLATE pg_catalog."C",
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    CONSTRAINT plan_zone_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.plan_zone ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.plan_zone_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.population_cell (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    residents integer,
    age_0_2 integer,
    age_3_6 integer,
    age_7_14 integer,
    age_15_18 integer,
    age_19_64 integer,
    age_65_plus integer,
    density text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT population_cell_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.population_cell ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.population_cell_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.population_forecast (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    district_id text COLLATE pg_catalog."C",
    year integer,
    births integer,
    residents integer,
    age_0_2 integer,
    age_3_6 integer,
    age_7_14 integer,
    age_15_18 integer,
    age_19_64 integer,
    age_65_plus integer,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT population_forecast_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.population_forecast ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.population_forecast_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.precinct (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    precinct_number text COLLATE pg_catalog."C",
    unit_id text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT precinct_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.precinct ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.precinct_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.restricted_use_area (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    source text COLLATE pg_catalog."C",
    zone text COLLATE pg_catalog."C",
    bans text COLLATE pg_catalog."C",
    requirements text COLLATE pg_catalog."C",
    act_title text COLLATE pg_catalog."C",
    act_number text COLLATE pg_catalog."C",
    act_publication text COLLATE pg_catalog."C",
    in_force_since date,
    in_force_until date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT restricted_use_area_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.restricted_use_area ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.restricted_use_area_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.road (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(LineString,2177) NOT NULL,
    class text COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    lanes integer,
    width_m double precision,
    speed_kmh integer,
    oneway boolean,
    surface text COLLATE pg_catalog."C",
    from_node text COLLATE pg_catalog."C",
    to_node text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    closed boolean,
    closed_from_m double precision,
    closed_to_m double precision,
    incline_pct double precision,
    capacity_pcu_h integer,
    signal_from text COLLATE pg_catalog."C",
    signal_to text COLLATE pg_catalog."C",
    no_turn_to text COLLATE pg_catalog."C",
    limited_vehicles text COLLATE pg_catalog."C",
    limited_share_pct double precision,
    entry_charge_pln double precision,
    CONSTRAINT road_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.road ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.road_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.stop (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    lines text COLLATE pg_catalog."C",
    code text COLLATE pg_catalog."C",
    platform text COLLATE pg_catalog."C",
    accessible boolean,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT stop_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.stop ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.stop_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.topographic_area (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    class text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    surface text COLLATE pg_catalog."C",
    level integer,
    name text COLLATE pg_catalog."C",
    block_name text COLLATE pg_catalog."C",
    highest_storey integer,
    lowest_storey integer,
    building_id text COLLATE pg_catalog."C",
    direction_line text COLLATE pg_catalog."C",
    slope_starts text COLLATE pg_catalog."C",
    slope_ends text COLLATE pg_catalog."C",
    position_source text COLLATE pg_catalog."C",
    accepted_on date,
    survey_file text COLLATE pg_catalog."C",
    remark text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT topographic_area_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.topographic_area ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.topographic_area_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.topographic_height (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    height_m double precision,
    position_source text COLLATE pg_catalog."C",
    accepted_on date,
    survey_file text COLLATE pg_catalog."C",
    remark text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT topographic_height_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.topographic_height ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.topographic_height_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.topographic_line (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiLineString,2177) NOT NULL,
    class text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    surface text COLLATE pg_catalog."C",
    level integer,
    name text COLLATE pg_catalog."C",
    building_id text COLLATE pg_catalog."C",
    direction_line text COLLATE pg_catalog."C",
    slope_starts text COLLATE pg_catalog."C",
    slope_ends text COLLATE pg_catalog."C",
    position_source text COLLATE pg_catalog."C",
    accepted_on date,
    survey_file text COLLATE pg_catalog."C",
    remark text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT topographic_line_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.topographic_line ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.topographic_line_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.topographic_point (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    class text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    surface text COLLATE pg_catalog."C",
    level integer,
    name text COLLATE pg_catalog."C",
    building_id text COLLATE pg_catalog."C",
    direction_line text COLLATE pg_catalog."C",
    slope_starts text COLLATE pg_catalog."C",
    slope_ends text COLLATE pg_catalog."C",
    position_source text COLLATE pg_catalog."C",
    accepted_on date,
    survey_file text COLLATE pg_catalog."C",
    remark text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT topographic_point_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.topographic_point ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.topographic_point_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.transit_line (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiLineString,2177) NOT NULL,
    line text COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    trips integer,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT transit_line_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.transit_line ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.transit_line_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.tree (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    species text COLLATE pg_catalog."C",
    species_latin text COLLATE pg_catalog."C",
    girth_cm integer,
    height_m double precision,
    crown_diameter_m double precision,
    form text COLLATE pg_catalog."C",
    health text COLLATE pg_catalog."C",
    protection text COLLATE pg_catalog."C",
    planted_year integer,
    last_inspection date,
    next_inspection date,
    parcel_id text COLLATE pg_catalog."C",
    inspection_note text COLLATE pg_catalog."C",
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT tree_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.tree ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.tree_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.unregistered_building (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    kind text COLLATE pg_catalog."C",
    state text COLLATE pg_catalog."C",
    storeys_above integer,
    storeys_below integer,
    position_source text COLLATE pg_catalog."C",
    accepted_on date,
    survey_file text COLLATE pg_catalog."C",
    remark text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT unregistered_building_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.unregistered_building ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.unregistered_building_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.utility_device (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    network text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    top_height_m double precision,
    bottom_height_m double precision,
    state text COLLATE pg_catalog."C",
    operation text COLLATE pg_catalog."C",
    position_source text COLLATE pg_catalog."C",
    operator_id text COLLATE pg_catalog."C",
    operator text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT utility_device_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.utility_device ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.utility_device_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.utility_elevation (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    network text COLLATE pg_catalog."C",
    object_id text COLLATE pg_catalog."C",
    top_height_m double precision,
    bottom_height_m double precision,
    ground_height_m double precision,
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT utility_elevation_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.utility_elevation ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.utility_elevation_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.utility_line (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(LineString,2177) NOT NULL,
    network text COLLATE pg_catalog."C",
    line_type text COLLATE pg_catalog."C",
    role text COLLATE pg_catalog."C",
    course text COLLATE pg_catalog."C",
    flow text COLLATE pg_catalog."C",
    diameter_mm integer,
    width_mm integer,
    height_mm integer,
    is_bundle boolean,
    material text COLLATE pg_catalog."C",
    depth_m double precision,
    start_height_m double precision,
    end_height_m double precision,
    built_year integer,
    state text COLLATE pg_catalog."C",
    operation text COLLATE pg_catalog."C",
    position_source text COLLATE pg_catalog."C",
    operator_id text COLLATE pg_catalog."C",
    operator text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT utility_line_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.utility_line ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.utility_line_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE city.water (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    level_m double precision,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT water_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.water ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.water_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE live.changed_stretch (
    datastream_id bigint NOT NULL,
    begins timestamp with time zone NOT NULL,
    written_in bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL
);

CREATE TABLE live.datastream (
    id bigint NOT NULL,
    thing_id bigint NOT NULL,
    sensor_id bigint NOT NULL,
    observed_property_id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL COLLATE pg_catalog."C",
    observation_type text NOT NULL COLLATE pg_catalog."C",
    unit_name text COLLATE pg_catalog."C",
    unit_symbol text COLLATE pg_catalog."C",
    unit_definition text COLLATE pg_catalog."C",
    expected_interval_s integer,
    properties jsonb DEFAULT '{}'::jsonb NOT NULL,
    valid_min double precision GENERATED ALWAYS AS (
CASE
    WHEN (jsonb_typeof((properties #> '{validRange,0}'::text[])) = 'number'::text) THEN ((properties #> '{validRange,0}'::text[]))::double precision
    ELSE NULL::double precision
END) STORED,
    valid_max double precision GENERATED ALWAYS AS (
CASE
    WHEN (jsonb_typeof((properties #> '{validRange,1}'::text[])) = 'number'::text) THEN ((properties #> '{validRange,1}'::text[]))::double precision
    ELSE NULL::double precision
END) STORED,
    observed_area jsonb,
    CONSTRAINT datastream_expected_interval_s_check CHECK ((expected_interval_s > 0))
);

ALTER TABLE live.datastream ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME live.datastream_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE live.feature_of_interest (
    id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL COLLATE pg_catalog."C",
    encoding_type text NOT NULL COLLATE pg_catalog."C",
    feature jsonb NOT NULL,
    geom public.geometry(Geometry,2177),
    properties jsonb DEFAULT '{}'::jsonb NOT NULL,
    place public.geometry(Geometry,4326)
);

ALTER TABLE live.feature_of_interest ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME live.feature_of_interest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE live.historical_location (
    id bigint NOT NULL,
    thing_id bigint NOT NULL,
    "time" timestamp with time zone NOT NULL
);

ALTER TABLE live.historical_location ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME live.historical_location_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE live.historical_location_location (
    historical_location_id bigint NOT NULL,
    location_id bigint NOT NULL
);

CREATE TABLE live.location (
    id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL COLLATE pg_catalog."C",
    encoding_type text NOT NULL COLLATE pg_catalog."C",
    location jsonb NOT NULL,
    geom public.geometry(Geometry,2177),
    properties jsonb DEFAULT '{}'::jsonb NOT NULL,
    place public.geometry(Geometry,4326),
    feature_of_interest_id bigint
);

ALTER TABLE live.location ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME live.location_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE live.observation (
    datastream_id bigint NOT NULL,
    phenomenon_time timestamp with time zone NOT NULL,
    phenomenon_end timestamp with time zone,
    result_time timestamp with time zone,
    result double precision,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    written_in bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL,
    flags text[] COLLATE pg_catalog."C",
    result_any jsonb,
    feature_of_interest_id bigint,
    result_quality jsonb,
    valid_from timestamp with time zone,
    valid_to timestamp with time zone,
    parameters jsonb,
    CONSTRAINT observation_check CHECK ((phenomenon_end >= phenomenon_time)),
    CONSTRAINT observation_check1 CHECK ((valid_to >= valid_from)),
    CONSTRAINT observation_result_check CHECK ((num_nonnulls(result, result_any) = 1))
)
PARTITION BY RANGE (phenomenon_time);

CREATE TABLE live.observation_5min (
    datastream_id bigint NOT NULL,
    begins timestamp with time zone NOT NULL,
    count bigint NOT NULL,
    sum double precision NOT NULL,
    min double precision,
    max double precision,
    first_time timestamp with time zone,
    first double precision,
    last_time timestamp with time zone,
    last double precision,
    odd bigint NOT NULL
)
PARTITION BY RANGE (begins);

CREATE TABLE live.observation_5min_other (
    datastream_id bigint NOT NULL,
    begins timestamp with time zone NOT NULL,
    count bigint NOT NULL,
    sum double precision NOT NULL,
    min double precision,
    max double precision,
    first_time timestamp with time zone,
    first double precision,
    last_time timestamp with time zone,
    last double precision,
    odd bigint NOT NULL
);

CREATE TABLE live.observation_aside (
    id bigint NOT NULL,
    datastream_id bigint,
    phenomenon_time timestamp with time zone,
    reason text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C",
    sent text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    times bigint DEFAULT 1 NOT NULL,
    CONSTRAINT observation_aside_reason_check CHECK ((reason = ANY (ARRAY['differs'::text, 'rejected'::text])))
);

ALTER TABLE live.observation_aside ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME live.observation_aside_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE live.observation_day (
    datastream_id bigint NOT NULL,
    begins timestamp with time zone NOT NULL,
    count bigint NOT NULL,
    sum double precision NOT NULL,
    min double precision,
    max double precision,
    first_time timestamp with time zone,
    first double precision,
    last_time timestamp with time zone,
    last double precision,
    odd bigint NOT NULL
)
PARTITION BY RANGE (begins);

CREATE TABLE live.observation_day_other (
    datastream_id bigint NOT NULL,
    begins timestamp with time zone NOT NULL,
    count bigint NOT NULL,
    sum double precision NOT NULL,
    min double precision,
    max double precision,
    first_time timestamp with time zone,
    first double precision,
    last_time timestamp with time zone,
    last double precision,
    odd bigint NOT NULL
);

CREATE TABLE live.observation_hour (
    datastream_id bigint NOT NULL,
    begins timestamp with time zone NOT NULL,
    count bigint NOT NULL,
    sum double precision NOT NULL,
    min double precision,
    max double precision,
    first_time timestamp with time zone,
    first double precision,
    last_time timestamp with time zone,
    last double precision,
    odd bigint NOT NULL
)
PARTITION BY RANGE (begins);

CREATE TABLE live.observation_hour_other (
    datastream_id bigint NOT NULL,
    begins timestamp with time zone NOT NULL,
    count bigint NOT NULL,
    sum double precision NOT NULL,
    min double precision,
    max double precision,
    first_time timestamp with time zone,
    first double precision,
    last_time timestamp with time zone,
    last double precision,
    odd bigint NOT NULL
);

CREATE TABLE live.observation_moved (
    datastream_id bigint NOT NULL,
    phenomenon_time timestamp with time zone NOT NULL,
    to_datastream_id bigint NOT NULL,
    to_phenomenon_time timestamp with time zone NOT NULL
);

CREATE TABLE live.observation_other (
    datastream_id bigint NOT NULL,
    phenomenon_time timestamp with time zone NOT NULL,
    phenomenon_end timestamp with time zone,
    result_time timestamp with time zone,
    result double precision,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    written_in bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL,
    flags text[] COLLATE pg_catalog."C",
    result_any jsonb,
    feature_of_interest_id bigint,
    result_quality jsonb,
    valid_from timestamp with time zone,
    valid_to timestamp with time zone,
    parameters jsonb,
    CONSTRAINT observation_check CHECK ((phenomenon_end >= phenomenon_time)),
    CONSTRAINT observation_check1 CHECK ((valid_to >= valid_from)),
    CONSTRAINT observation_result_check CHECK ((num_nonnulls(result, result_any) = 1))
);

CREATE TABLE live.observed_property (
    id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    definition text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL COLLATE pg_catalog."C",
    properties jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE live.observed_property ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME live.observed_property_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE live.provider (
    name text NOT NULL COLLATE pg_catalog."C",
    adapter text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    since timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_success timestamp with time zone,
    last_error_at timestamp with time zone,
    last_error text COLLATE pg_catalog."C",
    written bigint DEFAULT 0 NOT NULL,
    known bigint DEFAULT 0 NOT NULL,
    aside bigint DEFAULT 0 NOT NULL,
    undeclared text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT provider_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'ok'::text, 'failing'::text, 'open'::text])))
);

CREATE TABLE live.quality_episode (
    datastream_id bigint NOT NULL,
    rule text NOT NULL COLLATE pg_catalog."C",
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    count bigint NOT NULL,
    reason jsonb NOT NULL,
    detail jsonb NOT NULL,
    known_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT quality_episode_check CHECK ((ended_at >= began_at)),
    CONSTRAINT quality_episode_rule_check CHECK ((rule = ANY (ARRAY['range'::text, 'spike'::text, 'flat-line'::text, 'neighbours'::text, 'outage'::text, 'clock'::text])))
);

CREATE TABLE live.quality_position (
    one boolean DEFAULT true NOT NULL,
    seen pg_snapshot NOT NULL,
    target pg_snapshot,
    after_time timestamp with time zone,
    after_datastream bigint,
    CONSTRAINT quality_position_one_check CHECK (one)
);

CREATE TABLE live.quality_state (
    datastream_id bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE live.sensor (
    id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL COLLATE pg_catalog."C",
    encoding_type text NOT NULL COLLATE pg_catalog."C",
    metadata jsonb NOT NULL,
    properties jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE live.sensor ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME live.sensor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE live.summary_state (
    is_only boolean DEFAULT true NOT NULL,
    horizon bigint DEFAULT 0 NOT NULL,
    settled_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    raw_since timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    five_minutes_since timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    CONSTRAINT summary_state_is_only_check CHECK (is_only)
);

CREATE TABLE live.thing (
    id bigint NOT NULL,
    external_id text COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL COLLATE pg_catalog."C",
    properties jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE live.thing ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME live.thing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE live.thing_location (
    thing_id bigint NOT NULL,
    location_id bigint NOT NULL
);

CREATE TABLE personal.building_residents (
    row_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    building_id text COLLATE pg_catalog."C",
    residents integer,
    age_0_2 integer,
    age_3_6 integer,
    age_7_14 integer,
    age_15_18 integer,
    age_19_64 integer,
    age_65_plus integer,
    households integer,
    counted_on date,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    dataset_version bigint NOT NULL,
    content_hash uuid NOT NULL,
    CONSTRAINT building_residents_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE personal.building_residents ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME personal.building_residents_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE scenario.address (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177),
    town text COLLATE pg_catalog."C",
    street text COLLATE pg_catalog."C",
    house_number text COLLATE pg_catalog."C",
    town_code text COLLATE pg_catalog."C",
    street_code text COLLATE pg_catalog."C",
    postal_code text COLLATE pg_catalog."C",
    parcel_id text COLLATE pg_catalog."C",
    building_id text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL
);

CREATE TABLE scenario.boundary_point (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177),
    point_number text COLLATE pg_catalog."C",
    origin text COLLATE pg_catalog."C",
    meets_accuracy text COLLATE pg_catalog."C",
    monument text COLLATE pg_catalog."C",
    position_error text COLLATE pg_catalog."C",
    source_designation text COLLATE pg_catalog."C",
    survey_file text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL
);

CREATE TABLE scenario.building (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177),
    kind text COLLATE pg_catalog."C",
    storeys_above integer,
    storeys_below integer,
    built_area_m2 double precision,
    parcel_ids text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL
);

CREATE TABLE scenario.building_3d (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygonZ,2177),
    building_id text COLLATE pg_catalog."C",
    lod integer,
    state text COLLATE pg_catalog."C",
    function text COLLATE pg_catalog."C",
    roof_type text COLLATE pg_catalog."C",
    height_m double precision,
    ground_height_m double precision,
    storeys_above integer,
    surface_kinds text COLLATE pg_catalog."C",
    roof_source text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL,
    state_since date,
    geometry_source text COLLATE pg_catalog."C",
    accuracy_m double precision,
    accuracy_basis text COLLATE pg_catalog."C",
    appearance text COLLATE pg_catalog."C"
);

CREATE TABLE scenario.facility (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177),
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    capacity integer,
    enrolled integer,
    age_from integer,
    age_to integer,
    opening_hours text COLLATE pg_catalog."C",
    opened_on date,
    ownership text COLLATE pg_catalog."C",
    address text COLLATE pg_catalog."C",
    building_id text COLLATE pg_catalog."C",
    waiting_list_contact text COLLATE pg_catalog."C",
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL,
    waiting integer,
    area_m2 double precision
);

CREATE TABLE scenario.green_area (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177),
    name text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    access text COLLATE pg_catalog."C",
    area_m2 double precision,
    manager text COLLATE pg_catalog."C",
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL
);

CREATE TABLE scenario.parcel (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177),
    parcel_number text COLLATE pg_catalog."C",
    precinct_id text COLLATE pg_catalog."C",
    map_sheet text COLLATE pg_catalog."C",
    registered_area_ha double precision,
    area_precision text COLLATE pg_catalog."C",
    land_use text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    register_group text COLLATE pg_catalog."C",
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL,
    public_holder text COLLATE pg_catalog."C"
);

CREATE TABLE scenario.parcel_land_use (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177),
    parcel_id text COLLATE pg_catalog."C",
    ordinal integer,
    designation text COLLATE pg_catalog."C",
    land_use text COLLATE pg_catalog."C",
    soil_use text COLLATE pg_catalog."C",
    soil_class text COLLATE pg_catalog."C",
    area_ha double precision,
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL
);

CREATE TABLE scenario.plan_zone (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177),
    plan_kind text COLLATE pg_catalog."C",
    designation text COLLATE pg_catalog."C",
    symbol text COLLATE pg_catalog."C",
    zone_kind text COLLATE pg_catalog."C",
    base_profile text COLLATE pg_catalog."C",
    additional_profile text COLLATE pg_catalog."C",
    max_height_m double precision,
    min_intensity double precision,
    max_intensity double precision,
    max_built_share_pct double precision,
    min_bioactive_share_pct double precision,
    min_parcel_area_m2 double precision,
    min_parking_per_dwelling double precision,
    roof_shape text COLLATE pg_catalog."C",
    act_title text COLLATE pg_catalog."C",
    act_number text COLLATE pg_catalog."C",
    act_publication text COLLATE pg_catalog."C",
    in_force_since date,
    in_force_until date,
    status text COLLATE pg_catalog."C",
    strength text COLLATE pg_catalog."C",
    drafting_note text COLLATE pg_catalog."C",
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL,
    act_id text COLLATE pg_catalog."C",
    max_storeys integer,
    min_parking_per_100m2 double precision,
    provisions text COLLATE pg_catalog."C",
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C"
);

CREATE TABLE scenario.road (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(LineString,2177),
    class text COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    lanes integer,
    width_m double precision,
    speed_kmh integer,
    oneway boolean,
    surface text COLLATE pg_catalog."C",
    from_node text COLLATE pg_catalog."C",
    to_node text COLLATE pg_catalog."C",
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL,
    closed boolean,
    closed_from_m double precision,
    closed_to_m double precision,
    incline_pct double precision,
    capacity_pcu_h integer,
    signal_from text COLLATE pg_catalog."C",
    signal_to text COLLATE pg_catalog."C",
    no_turn_to text COLLATE pg_catalog."C",
    limited_vehicles text COLLATE pg_catalog."C",
    limited_share_pct double precision,
    entry_charge_pln double precision
);

CREATE TABLE scenario.tree (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177),
    species text COLLATE pg_catalog."C",
    species_latin text COLLATE pg_catalog."C",
    girth_cm integer,
    height_m double precision,
    crown_diameter_m double precision,
    form text COLLATE pg_catalog."C",
    health text COLLATE pg_catalog."C",
    protection text COLLATE pg_catalog."C",
    planted_year integer,
    last_inspection date,
    next_inspection date,
    parcel_id text COLLATE pg_catalog."C",
    inspection_note text COLLATE pg_catalog."C",
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL
);

CREATE TABLE scenario.utility_device (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,2177),
    network text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    top_height_m double precision,
    bottom_height_m double precision,
    state text COLLATE pg_catalog."C",
    operation text COLLATE pg_catalog."C",
    position_source text COLLATE pg_catalog."C",
    operator_id text COLLATE pg_catalog."C",
    operator text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL
);

CREATE TABLE scenario.utility_line (
    id text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(LineString,2177),
    network text COLLATE pg_catalog."C",
    line_type text COLLATE pg_catalog."C",
    role text COLLATE pg_catalog."C",
    course text COLLATE pg_catalog."C",
    flow text COLLATE pg_catalog."C",
    diameter_mm integer,
    width_mm integer,
    height_mm integer,
    is_bundle boolean,
    material text COLLATE pg_catalog."C",
    depth_m double precision,
    start_height_m double precision,
    end_height_m double precision,
    built_year integer,
    state text COLLATE pg_catalog."C",
    operation text COLLATE pg_catalog."C",
    position_source text COLLATE pg_catalog."C",
    operator_id text COLLATE pg_catalog."C",
    operator text COLLATE pg_catalog."C",
    iip_namespace text COLLATE pg_catalog."C",
    iip_local_id text COLLATE pg_catalog."C",
    iip_version text COLLATE pg_catalog."C",
    object_since timestamp with time zone,
    version_since timestamp with time zone,
    version_until timestamp with time zone,
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    is_deleted boolean DEFAULT false NOT NULL
);

CREATE TABLE transit.alert (
    provider text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    header jsonb NOT NULL,
    description jsonb NOT NULL,
    effect text COLLATE pg_catalog."C",
    periods jsonb NOT NULL,
    routes text[] NOT NULL COLLATE pg_catalog."C",
    stops text[] NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL
);

CREATE TABLE transit.feed (
    only_one boolean DEFAULT true NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    operator text NOT NULL COLLATE pg_catalog."C",
    time_zone text NOT NULL COLLATE pg_catalog."C",
    synthetic boolean NOT NULL,
    content_hash text NOT NULL COLLATE pg_catalog."C",
    loaded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT feed_only_one_check CHECK (only_one)
);

CREATE TABLE transit.route (
    id text NOT NULL COLLATE pg_catalog."C",
    line text NOT NULL COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    colour text COLLATE pg_catalog."C"
);

CREATE TABLE transit.service_exception (
    service_id text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    added boolean NOT NULL
);

CREATE TABLE transit.service_week (
    id text NOT NULL COLLATE pg_catalog."C",
    days boolean[] NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    CONSTRAINT service_week_days_check CHECK ((cardinality(days) = 7))
);

CREATE TABLE transit.source (
    address text NOT NULL COLLATE pg_catalog."C",
    provider text NOT NULL COLLATE pg_catalog."C",
    tried_at timestamp with time zone NOT NULL,
    ok_at timestamp with time zone,
    problem text COLLATE pg_catalog."C"
);

CREATE TABLE transit.stop (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    platform text COLLATE pg_catalog."C",
    geom public.geometry(Point,4326) NOT NULL
);

CREATE TABLE transit.stop_time (
    trip_id text NOT NULL COLLATE pg_catalog."C",
    sequence integer NOT NULL,
    stop_id text NOT NULL COLLATE pg_catalog."C",
    arrival_s integer NOT NULL,
    departure_s integer NOT NULL
);

CREATE TABLE transit.trip (
    id text NOT NULL COLLATE pg_catalog."C",
    route_id text NOT NULL COLLATE pg_catalog."C",
    service_id text NOT NULL COLLATE pg_catalog."C",
    headsign text COLLATE pg_catalog."C",
    direction smallint
);

CREATE TABLE transit.trip_delay (
    trip_id text NOT NULL COLLATE pg_catalog."C",
    service_day date NOT NULL,
    sequence integer NOT NULL,
    delay_s integer NOT NULL,
    cancelled boolean DEFAULT false NOT NULL,
    provider text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL
);

CREATE TABLE transit.vehicle (
    id text NOT NULL COLLATE pg_catalog."C",
    provider text NOT NULL COLLATE pg_catalog."C",
    trip_id text COLLATE pg_catalog."C",
    service_day date,
    route_id text COLLATE pg_catalog."C",
    line text COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(Point,4326) NOT NULL,
    bearing_deg real,
    speed_km_h real,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    doubt text COLLATE pg_catalog."C",
    trail jsonb DEFAULT '[]'::jsonb NOT NULL
);

CREATE TABLE twin.account (
    name text NOT NULL COLLATE pg_catalog."C",
    password_hash text NOT NULL COLLATE pg_catalog."C",
    roles text[] NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    organisation text,
    last_day date,
    steward_of text[] DEFAULT '{}'::text[] NOT NULL,
    locked_at timestamp with time zone,
    CONSTRAINT account_name_check CHECK ((name ~ '^[a-z][a-z0-9._-]{0,40}$'::text)),
    CONSTRAINT account_roles CHECK ((roles <@ '{public,networks,staff,planner,manager,steward,operations,auditor,admin}'::text[]))
);

CREATE TABLE twin.account_change (
    id bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    changed_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    changed_by text NOT NULL COLLATE pg_catalog."C",
    said jsonb NOT NULL
);

ALTER TABLE twin.account_change ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME twin.account_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE twin.account_token (
    digest bytea NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    last_used_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    idle_minutes integer,
    is_read_only boolean DEFAULT false NOT NULL,
    CONSTRAINT account_token_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT account_token_idle_minutes_check CHECK ((idle_minutes > 0)),
    CONSTRAINT session_acts CHECK ((NOT (is_read_only AND (idle_minutes IS NOT NULL))))
);

CREATE TABLE twin.appearance (
    sha256 text NOT NULL COLLATE pg_catalog."C",
    document text NOT NULL,
    CONSTRAINT appearance_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE twin.cascaded_source (
    name text NOT NULL COLLATE pg_catalog."C",
    declaration jsonb NOT NULL,
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    changed_by text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT 'unasked'::text NOT NULL,
    since timestamp with time zone,
    last_good_at timestamp with time zone,
    reason text,
    CONSTRAINT cascaded_source_name_check CHECK ((name ~ '^[a-z][a-z0-9_]{0,30}$'::text)),
    CONSTRAINT cascaded_source_state_check CHECK ((state = ANY (ARRAY['unasked'::text, 'works'::text, 'down'::text])))
);

CREATE TABLE twin.checked_layer (
    layer text NOT NULL COLLATE pg_catalog."C",
    is_known boolean NOT NULL,
    is_stale boolean NOT NULL,
    area public.geometry(Geometry,2177)
);

CREATE TABLE twin.data_order (
    id text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL COLLATE pg_catalog."C",
    asked_by text NOT NULL COLLATE pg_catalog."C",
    profile text NOT NULL COLLATE pg_catalog."C",
    case_number text,
    request jsonb NOT NULL,
    layers text[] NOT NULL,
    objects bigint NOT NULL,
    created_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    cancelled_at timestamp with time zone,
    turn text COLLATE pg_catalog."C",
    client text COLLATE pg_catalog."C",
    city_at timestamp with time zone,
    scenario text COLLATE pg_catalog."C",
    CONSTRAINT data_order_id_check CHECK ((id ~ '^[0-9a-f]{32}$'::text))
);

CREATE TABLE twin.data_use (
    id bigint NOT NULL,
    taken_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    order_id text COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    client text COLLATE pg_catalog."C",
    organisation text,
    profile text NOT NULL COLLATE pg_catalog."C",
    case_number text,
    layers text[] NOT NULL,
    formats text[] NOT NULL,
    objects bigint NOT NULL
);

ALTER TABLE twin.data_use ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME twin.data_use_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE twin.dataset (
    name text NOT NULL COLLATE pg_catalog."C",
    srid integer NOT NULL,
    area public.geometry(Polygon),
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT dataset_name_check CHECK ((name ~ '^[a-z][a-z0-9_]{0,40}$'::text))
);

CREATE TABLE twin.dataset_version (
    version bigint NOT NULL,
    dataset text NOT NULL COLLATE pg_catalog."C",
    recorded_at timestamp with time zone NOT NULL,
    file_name text NOT NULL COLLATE pg_catalog."C",
    format text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    synthetic boolean NOT NULL,
    written integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    ended integer DEFAULT 0 NOT NULL,
    rejected integer DEFAULT 0 NOT NULL,
    steward text,
    licence text,
    file_sha256 text,
    file_bytes bigint,
    crs text,
    crs_decision text,
    schema_used text,
    added integer,
    changed integer,
    min_easting double precision,
    min_northing double precision,
    max_easting double precision,
    max_northing double precision,
    CONSTRAINT dataset_version_file_sha256_check CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text))
);

ALTER TABLE twin.dataset_version ALTER COLUMN version ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME twin.dataset_version_version_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE twin.derived_layer (
    dataset text NOT NULL COLLATE pg_catalog."C",
    layer text NOT NULL COLLATE pg_catalog."C",
    recipe text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE twin.door_use (
    day date NOT NULL,
    layer text NOT NULL COLLATE pg_catalog."C",
    door text NOT NULL COLLATE pg_catalog."C",
    requests bigint NOT NULL,
    handed_out bigint NOT NULL,
    CONSTRAINT door_use_handed_out_check CHECK ((handed_out >= 0)),
    CONSTRAINT door_use_requests_check CHECK ((requests >= 0))
);

CREATE TABLE twin.entitlement (
    account text NOT NULL COLLATE pg_catalog."C",
    profile text NOT NULL COLLATE pg_catalog."C",
    last_day date,
    granted_by text NOT NULL COLLATE pg_catalog."C",
    granted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE twin.feature_edit (
    version bigint NOT NULL,
    made_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    who text NOT NULL COLLATE pg_catalog."C",
    door text NOT NULL COLLATE pg_catalog."C",
    layers text[] NOT NULL,
    inserted integer NOT NULL,
    updated integer NOT NULL,
    replaced integer NOT NULL,
    deleted integer NOT NULL
);

CREATE TABLE twin.feature_lock (
    id text NOT NULL COLLATE pg_catalog."C",
    who text NOT NULL COLLATE pg_catalog."C",
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    seconds integer NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT feature_lock_seconds_check CHECK ((seconds > 0))
);

CREATE TABLE twin.job_worker (
    name text NOT NULL COLLATE pg_catalog."C",
    seen_at timestamp with time zone NOT NULL
);

CREATE TABLE twin.layer_coverage (
    layer text NOT NULL COLLATE pg_catalog."C",
    geom public.geometry(MultiPolygon,2177) NOT NULL,
    geom_hash uuid GENERATED ALWAYS AS ((md5(public.st_asbinary(geom)))::uuid) STORED NOT NULL
);

CREATE TABLE twin.layer_status (
    dataset text NOT NULL COLLATE pg_catalog."C",
    layer text NOT NULL COLLATE pg_catalog."C",
    object_count bigint NOT NULL,
    min_easting double precision,
    min_northing double precision,
    max_easting double precision,
    max_northing double precision,
    loaded_at timestamp with time zone NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    synthetic boolean NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE twin.layer_status_past (
    dataset text NOT NULL COLLATE pg_catalog."C",
    layer text NOT NULL COLLATE pg_catalog."C",
    object_count bigint NOT NULL,
    min_easting double precision,
    min_northing double precision,
    max_easting double precision,
    max_northing double precision,
    loaded_at timestamp with time zone NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    synthetic boolean NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE twin.load (
    id text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT 'waiting'::text NOT NULL COLLATE pg_catalog."C",
    asked jsonb NOT NULL,
    dry_run boolean NOT NULL,
    file_name text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    made_by text NOT NULL COLLATE pg_catalog."C",
    made_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    attempt integer DEFAULT 0 NOT NULL,
    step jsonb,
    report jsonb,
    problem jsonb,
    tables jsonb,
    CONSTRAINT load_id_check CHECK ((id ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT load_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'unmapped'::text, 'checked'::text, 'loaded'::text, 'refused'::text, 'failed'::text, 'cancelled'::text])))
);

CREATE TABLE twin.load_finding (
    load text NOT NULL COLLATE pg_catalog."C",
    ordinal integer NOT NULL,
    severity text NOT NULL COLLATE pg_catalog."C",
    code text NOT NULL COLLATE pg_catalog."C",
    object_id text COLLATE pg_catalog."C",
    object_class text COLLATE pg_catalog."C",
    layer text COLLATE pg_catalog."C",
    message text NOT NULL,
    line integer,
    easting double precision,
    northing double precision,
    srid integer,
    geometry jsonb,
    properties jsonb,
    CONSTRAINT load_finding_severity_check CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text, 'info'::text])))
);

CREATE TABLE twin.load_piece (
    load text NOT NULL COLLATE pg_catalog."C",
    ordinal integer NOT NULL,
    bytes bytea NOT NULL
);
ALTER TABLE ONLY twin.load_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE twin.locked_feature (
    layer text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    lock_id text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE twin.metadata_record (
    id text NOT NULL COLLATE pg_catalog."C",
    xml text NOT NULL,
    record jsonb NOT NULL,
    changed_by text NOT NULL COLLATE pg_catalog."C",
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE twin.migration (
    number integer NOT NULL,
    file text NOT NULL COLLATE pg_catalog."C",
    checksum text NOT NULL COLLATE pg_catalog."C",
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE twin.model_change (
    id text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    made_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    who text NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    asked jsonb NOT NULL,
    asked_hash text NOT NULL COLLATE pg_catalog."C",
    results jsonb NOT NULL,
    buildings text[] NOT NULL
);

CREATE TABLE twin.order_notice (
    id bigint NOT NULL,
    order_id text NOT NULL COLLATE pg_catalog."C",
    channel text NOT NULL COLLATE pg_catalog."C",
    target text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    secret text,
    CONSTRAINT order_notice_channel_check CHECK ((channel = ANY (ARRAY['webhook'::text, 'email'::text])))
);

ALTER TABLE twin.order_notice ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME twin.order_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE twin.order_package (
    digest text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT 'waiting'::text NOT NULL COLLATE pg_catalog."C",
    progress smallint DEFAULT 0 NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    asked jsonb NOT NULL,
    file_name text NOT NULL,
    bytes bigint,
    problem jsonb,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    round integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone,
    tries integer DEFAULT 0 NOT NULL,
    CONSTRAINT order_package_digest_check CHECK ((digest ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT order_package_progress_check CHECK (((progress >= 0) AND (progress <= 100))),
    CONSTRAINT order_package_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'ready'::text, 'failed'::text])))
);

CREATE TABLE twin.order_piece (
    digest text NOT NULL COLLATE pg_catalog."C",
    attempt integer NOT NULL,
    ordinal integer NOT NULL,
    bytes bytea NOT NULL
);
ALTER TABLE ONLY twin.order_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE twin.order_salt (
    salt bytea DEFAULT (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) NOT NULL
);

CREATE TABLE twin.parcel_check_state (
    is_only boolean DEFAULT true NOT NULL,
    rules text NOT NULL,
    law_day date NOT NULL,
    version bigint NOT NULL,
    refreshed_at timestamp with time zone,
    CONSTRAINT parcel_check_state_is_only_check CHECK (is_only)
);

CREATE TABLE twin.parcel_due (
    parcel_id text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE twin.parcel_finding (
    parcel_id text NOT NULL COLLATE pg_catalog."C",
    steady daterange NOT NULL,
    applies text[] NOT NULL,
    touches text[] NOT NULL,
    not_assessed text[] NOT NULL,
    findings jsonb NOT NULL
);

CREATE TABLE twin.picture (
    sha256 text NOT NULL COLLATE pg_catalog."C",
    media_type text NOT NULL COLLATE pg_catalog."C",
    width_px integer NOT NULL,
    height_px integer NOT NULL,
    bytes bytea NOT NULL,
    original_name text,
    original_sha256 text,
    CONSTRAINT picture_height_px_check CHECK ((height_px > 0)),
    CONSTRAINT picture_media_type_check CHECK ((media_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'image/webp'::text]))),
    CONSTRAINT picture_original_sha256_check CHECK ((original_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT picture_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT picture_width_px_check CHECK ((width_px > 0))
);
ALTER TABLE ONLY twin.picture ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE twin.run (
    id text NOT NULL COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C",
    model_version text NOT NULL COLLATE pg_catalog."C",
    outside jsonb,
    parameters json NOT NULL,
    base_version bigint NOT NULL,
    base_at timestamp with time zone NOT NULL,
    scenario_id text COLLATE pg_catalog."C",
    scenario_revision bigint,
    stack_digest text COLLATE pg_catalog."C",
    law_date date NOT NULL,
    state text DEFAULT 'accepted'::text NOT NULL COLLATE pg_catalog."C",
    progress smallint DEFAULT 0 NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    asked_by text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    result json,
    problem jsonb,
    CONSTRAINT run_check CHECK (((state = 'successful'::text) = (result IS NOT NULL))),
    CONSTRAINT run_id_check CHECK ((id ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT run_progress_check CHECK (((progress >= 0) AND (progress <= 100))),
    CONSTRAINT run_state_check CHECK ((state = ANY (ARRAY['accepted'::text, 'running'::text, 'successful'::text, 'failed'::text, 'dismissed'::text])))
);

CREATE TABLE twin.run_solution (
    solution text NOT NULL COLLATE pg_catalog."C",
    run_id text NOT NULL COLLATE pg_catalog."C",
    layout integer NOT NULL,
    bytes bytea NOT NULL,
    kept_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT run_solution_solution_check CHECK ((solution ~ '^[0-9a-f]{32}$'::text))
);
ALTER TABLE ONLY twin.run_solution ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE twin.run_stack (
    digest text NOT NULL COLLATE pg_catalog."C",
    edits jsonb NOT NULL,
    CONSTRAINT run_stack_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE twin.scenario (
    id text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL,
    reason text NOT NULL,
    author text NOT NULL COLLATE pg_catalog."C",
    access text NOT NULL COLLATE pg_catalog."C",
    base_version bigint NOT NULL,
    base_at timestamp with time zone NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    layers text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    updated_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    updated_by text NOT NULL COLLATE pg_catalog."C",
    assumptions text[] DEFAULT '{}'::text[] NOT NULL,
    law_date date DEFAULT '2026-06-30'::date NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL COLLATE pg_catalog."C",
    parent_id text COLLATE pg_catalog."C",
    parent_revision bigint,
    published_at timestamp with time zone,
    published_by text COLLATE pg_catalog."C",
    applied_at timestamp with time zone,
    applied_by text COLLATE pg_catalog."C",
    applied_version bigint,
    CONSTRAINT scenario_access_check CHECK ((access = ANY (ARRAY['link'::text, 'staff'::text, 'public'::text]))),
    CONSTRAINT scenario_check CHECK ((parent_id <> id)),
    CONSTRAINT scenario_check1 CHECK (((parent_id IS NULL) = (parent_revision IS NULL))),
    CONSTRAINT scenario_check2 CHECK (((published_at IS NULL) OR (state <> 'draft'::text))),
    CONSTRAINT scenario_check3 CHECK (((applied_at IS NULL) OR (state = 'adopted'::text))),
    CONSTRAINT scenario_id_check CHECK ((id ~ '^[a-z2-7]{20}$'::text)),
    CONSTRAINT scenario_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'review'::text, 'adopted'::text, 'rejected'::text])))
);

CREATE TABLE twin.scenario_cell (
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    layer text NOT NULL COLLATE pg_catalog."C",
    cell_x integer NOT NULL,
    cell_y integer NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE twin.scenario_comment (
    id text NOT NULL COLLATE pg_catalog."C",
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL,
    layer text COLLATE pg_catalog."C",
    object_id text COLLATE pg_catalog."C",
    geom public.geometry(Point,2177) NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL COLLATE pg_catalog."C",
    made_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    moderated_at timestamp with time zone,
    moderated_by text COLLATE pg_catalog."C",
    note text,
    CONSTRAINT scenario_comment_check CHECK (((layer IS NULL) = (object_id IS NULL))),
    CONSTRAINT scenario_comment_check1 CHECK ((((state = 'pending'::text) = (moderated_at IS NULL)) AND ((moderated_at IS NULL) = (moderated_by IS NULL)))),
    CONSTRAINT scenario_comment_id_check CHECK ((id ~ '^[a-z2-7]{12}$'::text)),
    CONSTRAINT scenario_comment_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'shown'::text, 'refused'::text])))
);

CREATE TABLE twin.scenario_edit (
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    ordinal integer NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    author text NOT NULL COLLATE pg_catalog."C",
    made_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    edit jsonb NOT NULL,
    settled jsonb NOT NULL,
    is_undone boolean DEFAULT false NOT NULL
);

CREATE TABLE twin.scenario_edit_object (
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    layer text NOT NULL COLLATE pg_catalog."C",
    object_id text NOT NULL COLLATE pg_catalog."C",
    ordinal integer NOT NULL
);

CREATE TABLE twin.scenario_event (
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    revision bigint NOT NULL,
    at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    who text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    detail jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE twin.scenario_gone (
    scenario_id text NOT NULL COLLATE pg_catalog."C",
    edit_id text NOT NULL COLLATE pg_catalog."C",
    merged_from text COLLATE pg_catalog."C"
);

CREATE TABLE twin.stored_query (
    id text NOT NULL COLLATE pg_catalog."C",
    definition jsonb NOT NULL,
    who text NOT NULL COLLATE pg_catalog."C",
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE twin.tile_cell (
    dataset text NOT NULL COLLATE pg_catalog."C",
    layer text NOT NULL COLLATE pg_catalog."C",
    cell_x integer NOT NULL,
    cell_y integer NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE twin.traffic_count (
    version bigint NOT NULL,
    link text NOT NULL COLLATE pg_catalog."C",
    hour smallint NOT NULL,
    veh_per_h double precision NOT NULL,
    detector text COLLATE pg_catalog."C",
    days integer,
    CONSTRAINT traffic_count_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
    CONSTRAINT traffic_count_veh_per_h_check CHECK ((veh_per_h >= (0)::double precision))
);

CREATE TABLE twin.traffic_matrix (
    version bigint NOT NULL,
    hour smallint NOT NULL,
    purpose text NOT NULL COLLATE pg_catalog."C",
    origins integer[] NOT NULL,
    destinations integer[] NOT NULL,
    veh_per_h double precision[] NOT NULL,
    CONSTRAINT traffic_matrix_check CHECK (((cardinality(origins) = cardinality(destinations)) AND (cardinality(origins) = cardinality(veh_per_h)))),
    CONSTRAINT traffic_matrix_hour_check CHECK (((hour >= 0) AND (hour <= 23)))
);

CREATE TABLE twin.traffic_zone (
    version bigint NOT NULL,
    ordinal integer NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    is_gate boolean NOT NULL,
    geom public.geometry(Point,2177) NOT NULL
);

CREATE TABLE works.obstruction (
    id text NOT NULL COLLATE pg_catalog."C",
    external_id text COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT 1 NOT NULL,
    content jsonb NOT NULL,
    settled jsonb NOT NULL,
    authors text[] NOT NULL COLLATE pg_catalog."C",
    area public.geometry(MultiPolygon,2177) NOT NULL,
    reach public.geometry(Geometry,2177) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    actual_from timestamp with time zone,
    actual_to timestamp with time zone,
    approved_by text COLLATE pg_catalog."C",
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    created_by text NOT NULL COLLATE pg_catalog."C",
    updated_at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    updated_by text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT obstruction_check CHECK ((ends_at > starts_at)),
    CONSTRAINT obstruction_check1 CHECK ((actual_to >= actual_from)),
    CONSTRAINT obstruction_id_check CHECK ((id ~ '^UTR-[0-9]{4}-[0-9]{5,}$'::text)),
    CONSTRAINT obstruction_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'published'::text, 'closed'::text, 'rejected'::text, 'cancelled'::text])))
);

CREATE TABLE works.obstruction_event (
    id bigint NOT NULL,
    obstruction_id text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone DEFAULT date_trunc('milliseconds'::text, clock_timestamp()) NOT NULL,
    who text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    revision bigint NOT NULL,
    reason text,
    content jsonb,
    conflicts jsonb
);

ALTER TABLE works.obstruction_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME works.obstruction_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE works.obstruction_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE ONLY live.observation_5min ATTACH PARTITION live.observation_5min_other DEFAULT;

ALTER TABLE ONLY live.observation_day ATTACH PARTITION live.observation_day_other DEFAULT;

ALTER TABLE ONLY live.observation_hour ATTACH PARTITION live.observation_hour_other DEFAULT;

ALTER TABLE ONLY live.observation ATTACH PARTITION live.observation_other DEFAULT;

ALTER TABLE ONLY alerting.alert_change
    ADD CONSTRAINT alert_change_pkey PRIMARY KEY (alert_id, revision);

ALTER TABLE ONLY alerting.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (id);

ALTER TABLE ONLY alerting.delivery
    ADD CONSTRAINT delivery_alert_id_event_channel_target_key UNIQUE (alert_id, event, channel, target);

ALTER TABLE ONLY alerting.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY alerting.threshold
    ADD CONSTRAINT threshold_origin_key UNIQUE (origin);

ALTER TABLE ONLY alerting.threshold
    ADD CONSTRAINT threshold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY audit.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (place);

ALTER TABLE ONLY audit.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (only_one);

ALTER TABLE ONLY city.ad_carrier
    ADD CONSTRAINT ad_carrier_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.address
    ADD CONSTRAINT address_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.airport_surface
    ADD CONSTRAINT airport_surface_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.bdot10k_area
    ADD CONSTRAINT bdot10k_area_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.bdot10k_line
    ADD CONSTRAINT bdot10k_line_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.bdot10k_point
    ADD CONSTRAINT bdot10k_point_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.boundary_point
    ADD CONSTRAINT boundary_point_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.building_3d
    ADD CONSTRAINT building_3d_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.building_line
    ADD CONSTRAINT building_line_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.building
    ADD CONSTRAINT building_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.cadastral_unit
    ADD CONSTRAINT cadastral_unit_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.census_cell
    ADD CONSTRAINT census_cell_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.control_point
    ADD CONSTRAINT control_point_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.defibrillator
    ADD CONSTRAINT defibrillator_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.dike
    ADD CONSTRAINT dike_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.district
    ADD CONSTRAINT district_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.electromagnetic_field
    ADD CONSTRAINT electromagnetic_field_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.facility
    ADD CONSTRAINT facility_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.flood_zone
    ADD CONSTRAINT flood_zone_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.footway
    ADD CONSTRAINT footway_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.green_area
    ADD CONSTRAINT green_area_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.heritage_site
    ADD CONSTRAINT heritage_site_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.intake_zone
    ADD CONSTRAINT intake_zone_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.land_cover
    ADD CONSTRAINT land_cover_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.landscape_area
    ADD CONSTRAINT landscape_area_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.landslide
    ADD CONSTRAINT landslide_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.mining_area
    ADD CONSTRAINT mining_area_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.nature_area
    ADD CONSTRAINT nature_area_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.noise_zone
    ADD CONSTRAINT noise_zone_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.obstruction_detour
    ADD CONSTRAINT obstruction_detour_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.obstruction
    ADD CONSTRAINT obstruction_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.official_case
    ADD CONSTRAINT official_case_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.parcel_land_use
    ADD CONSTRAINT parcel_land_use_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.parcel
    ADD CONSTRAINT parcel_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.parking_bay
    ADD CONSTRAINT parking_bay_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.plan_act
    ADD CONSTRAINT plan_act_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.plan_area
    ADD CONSTRAINT plan_area_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.plan_zone
    ADD CONSTRAINT plan_zone_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.population_cell
    ADD CONSTRAINT population_cell_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.population_forecast
    ADD CONSTRAINT population_forecast_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.precinct
    ADD CONSTRAINT precinct_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.restricted_use_area
    ADD CONSTRAINT restricted_use_area_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.road
    ADD CONSTRAINT road_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.stop
    ADD CONSTRAINT stop_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.topographic_area
    ADD CONSTRAINT topographic_area_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.topographic_height
    ADD CONSTRAINT topographic_height_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.topographic_line
    ADD CONSTRAINT topographic_line_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.topographic_point
    ADD CONSTRAINT topographic_point_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.transit_line
    ADD CONSTRAINT transit_line_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.tree
    ADD CONSTRAINT tree_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.unregistered_building
    ADD CONSTRAINT unregistered_building_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.utility_device
    ADD CONSTRAINT utility_device_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.utility_elevation
    ADD CONSTRAINT utility_elevation_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.utility_line
    ADD CONSTRAINT utility_line_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.water
    ADD CONSTRAINT water_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY live.datastream
    ADD CONSTRAINT datastream_pkey PRIMARY KEY (id);

ALTER TABLE ONLY live.feature_of_interest
    ADD CONSTRAINT feature_of_interest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY live.historical_location_location
    ADD CONSTRAINT historical_location_location_pkey PRIMARY KEY (historical_location_id, location_id);

ALTER TABLE ONLY live.historical_location
    ADD CONSTRAINT historical_location_pkey PRIMARY KEY (id);

ALTER TABLE ONLY live.location
    ADD CONSTRAINT location_pkey PRIMARY KEY (id);

ALTER TABLE ONLY live.observation_5min
    ADD CONSTRAINT observation_5min_pkey PRIMARY KEY (datastream_id, begins);

ALTER TABLE ONLY live.observation_5min_other
    ADD CONSTRAINT observation_5min_other_pkey PRIMARY KEY (datastream_id, begins);

ALTER TABLE ONLY live.observation_aside
    ADD CONSTRAINT observation_aside_pkey PRIMARY KEY (id);

ALTER TABLE ONLY live.observation_day
    ADD CONSTRAINT observation_day_pkey PRIMARY KEY (datastream_id, begins);

ALTER TABLE ONLY live.observation_day_other
    ADD CONSTRAINT observation_day_other_pkey PRIMARY KEY (datastream_id, begins);

ALTER TABLE ONLY live.observation_hour
    ADD CONSTRAINT observation_hour_pkey PRIMARY KEY (datastream_id, begins);

ALTER TABLE ONLY live.observation_hour_other
    ADD CONSTRAINT observation_hour_other_pkey PRIMARY KEY (datastream_id, begins);

ALTER TABLE ONLY live.observation_moved
    ADD CONSTRAINT observation_moved_pkey PRIMARY KEY (datastream_id, phenomenon_time);

ALTER TABLE ONLY live.observation
    ADD CONSTRAINT observation_pkey PRIMARY KEY (datastream_id, phenomenon_time);

ALTER TABLE ONLY live.observation_other
    ADD CONSTRAINT observation_other_pkey PRIMARY KEY (datastream_id, phenomenon_time);

ALTER TABLE ONLY live.observed_property
    ADD CONSTRAINT observed_property_pkey PRIMARY KEY (id);

ALTER TABLE ONLY live.provider
    ADD CONSTRAINT provider_pkey PRIMARY KEY (name);

ALTER TABLE ONLY live.quality_episode
    ADD CONSTRAINT quality_episode_pkey PRIMARY KEY (datastream_id, began_at, rule);

ALTER TABLE ONLY live.quality_position
    ADD CONSTRAINT quality_position_pkey PRIMARY KEY (one);

ALTER TABLE ONLY live.quality_state
    ADD CONSTRAINT quality_state_pkey PRIMARY KEY (datastream_id);

ALTER TABLE ONLY live.sensor
    ADD CONSTRAINT sensor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY live.summary_state
    ADD CONSTRAINT summary_state_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY live.thing
    ADD CONSTRAINT thing_external_id_key UNIQUE (external_id);

ALTER TABLE ONLY live.thing_location
    ADD CONSTRAINT thing_location_pkey PRIMARY KEY (thing_id, location_id);

ALTER TABLE ONLY live.thing
    ADD CONSTRAINT thing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY personal.building_residents
    ADD CONSTRAINT building_residents_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY scenario.address
    ADD CONSTRAINT address_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.boundary_point
    ADD CONSTRAINT boundary_point_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.building_3d
    ADD CONSTRAINT building_3d_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.building
    ADD CONSTRAINT building_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.facility
    ADD CONSTRAINT facility_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.green_area
    ADD CONSTRAINT green_area_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.parcel_land_use
    ADD CONSTRAINT parcel_land_use_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.parcel
    ADD CONSTRAINT parcel_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.plan_zone
    ADD CONSTRAINT plan_zone_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.road
    ADD CONSTRAINT road_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.tree
    ADD CONSTRAINT tree_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.utility_device
    ADD CONSTRAINT utility_device_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY scenario.utility_line
    ADD CONSTRAINT utility_line_pkey PRIMARY KEY (scenario_id, id);

ALTER TABLE ONLY transit.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (provider, id);

ALTER TABLE ONLY transit.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (only_one);

ALTER TABLE ONLY transit.route
    ADD CONSTRAINT route_pkey PRIMARY KEY (id);

ALTER TABLE ONLY transit.service_exception
    ADD CONSTRAINT service_exception_pkey PRIMARY KEY (service_id, day);

ALTER TABLE ONLY transit.service_week
    ADD CONSTRAINT service_week_pkey PRIMARY KEY (id);

ALTER TABLE ONLY transit.source
    ADD CONSTRAINT source_pkey PRIMARY KEY (address);

ALTER TABLE ONLY transit.stop
    ADD CONSTRAINT stop_pkey PRIMARY KEY (id);

ALTER TABLE ONLY transit.stop_time
    ADD CONSTRAINT stop_time_pkey PRIMARY KEY (trip_id, sequence);

ALTER TABLE ONLY transit.trip_delay
    ADD CONSTRAINT trip_delay_pkey PRIMARY KEY (trip_id, service_day, sequence);

ALTER TABLE ONLY transit.trip
    ADD CONSTRAINT trip_pkey PRIMARY KEY (id);

ALTER TABLE ONLY transit.vehicle
    ADD CONSTRAINT vehicle_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.account_change
    ADD CONSTRAINT account_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (name);

ALTER TABLE ONLY twin.account_token
    ADD CONSTRAINT account_token_id_key UNIQUE (id);

ALTER TABLE ONLY twin.account_token
    ADD CONSTRAINT account_token_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY twin.appearance
    ADD CONSTRAINT appearance_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY twin.cascaded_source
    ADD CONSTRAINT cascaded_source_pkey PRIMARY KEY (name);

ALTER TABLE ONLY twin.checked_layer
    ADD CONSTRAINT checked_layer_pkey PRIMARY KEY (layer);

ALTER TABLE ONLY twin.data_order
    ADD CONSTRAINT data_order_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.data_use
    ADD CONSTRAINT data_use_order_id_key UNIQUE (order_id);

ALTER TABLE ONLY twin.data_use
    ADD CONSTRAINT data_use_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.dataset
    ADD CONSTRAINT dataset_pkey PRIMARY KEY (name);

ALTER TABLE ONLY twin.dataset_version
    ADD CONSTRAINT dataset_version_pkey PRIMARY KEY (version);

ALTER TABLE ONLY twin.derived_layer
    ADD CONSTRAINT derived_layer_pkey PRIMARY KEY (dataset, layer);

ALTER TABLE ONLY twin.door_use
    ADD CONSTRAINT door_use_pkey PRIMARY KEY (day, layer, door);

ALTER TABLE ONLY twin.entitlement
    ADD CONSTRAINT entitlement_pkey PRIMARY KEY (account, profile);

ALTER TABLE ONLY twin.feature_edit
    ADD CONSTRAINT feature_edit_pkey PRIMARY KEY (version);

ALTER TABLE ONLY twin.feature_lock
    ADD CONSTRAINT feature_lock_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.job_worker
    ADD CONSTRAINT job_worker_pkey PRIMARY KEY (name);

ALTER TABLE ONLY twin.layer_coverage
    ADD CONSTRAINT layer_coverage_pkey PRIMARY KEY (layer);

ALTER TABLE ONLY twin.layer_status_past
    ADD CONSTRAINT layer_status_past_pkey PRIMARY KEY (dataset, layer, version);

ALTER TABLE ONLY twin.layer_status
    ADD CONSTRAINT layer_status_pkey PRIMARY KEY (dataset, layer);

ALTER TABLE ONLY twin.load_finding
    ADD CONSTRAINT load_finding_pkey PRIMARY KEY (load, ordinal);

ALTER TABLE ONLY twin.load_piece
    ADD CONSTRAINT load_piece_pkey PRIMARY KEY (load, ordinal);

ALTER TABLE ONLY twin.load
    ADD CONSTRAINT load_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.locked_feature
    ADD CONSTRAINT locked_feature_pkey PRIMARY KEY (layer, id);

ALTER TABLE ONLY twin.metadata_record
    ADD CONSTRAINT metadata_record_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);

ALTER TABLE ONLY twin.model_change
    ADD CONSTRAINT model_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.model_change
    ADD CONSTRAINT model_change_version_key UNIQUE (version);

ALTER TABLE ONLY twin.order_notice
    ADD CONSTRAINT order_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.order_package
    ADD CONSTRAINT order_package_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY twin.order_piece
    ADD CONSTRAINT order_piece_pkey PRIMARY KEY (digest, attempt, ordinal);

ALTER TABLE ONLY twin.parcel_check_state
    ADD CONSTRAINT parcel_check_state_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY twin.parcel_due
    ADD CONSTRAINT parcel_due_pkey PRIMARY KEY (parcel_id);

ALTER TABLE ONLY twin.parcel_finding
    ADD CONSTRAINT parcel_finding_pkey PRIMARY KEY (parcel_id);

ALTER TABLE ONLY twin.picture
    ADD CONSTRAINT picture_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY twin.run
    ADD CONSTRAINT run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.run_solution
    ADD CONSTRAINT run_solution_pkey PRIMARY KEY (solution);

ALTER TABLE ONLY twin.run_stack
    ADD CONSTRAINT run_stack_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY twin.scenario_cell
    ADD CONSTRAINT scenario_cell_pkey PRIMARY KEY (scenario_id, layer, cell_x, cell_y) INCLUDE (version);

ALTER TABLE ONLY twin.scenario_comment
    ADD CONSTRAINT scenario_comment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.scenario_edit_object
    ADD CONSTRAINT scenario_edit_object_pkey PRIMARY KEY (scenario_id, layer, object_id, ordinal);

ALTER TABLE ONLY twin.scenario_edit
    ADD CONSTRAINT scenario_edit_pkey PRIMARY KEY (scenario_id, ordinal);

ALTER TABLE ONLY twin.scenario_edit
    ADD CONSTRAINT scenario_edit_scenario_id_id_key UNIQUE (scenario_id, id);

ALTER TABLE ONLY twin.scenario_event
    ADD CONSTRAINT scenario_event_pkey PRIMARY KEY (scenario_id, revision);

ALTER TABLE ONLY twin.scenario_gone
    ADD CONSTRAINT scenario_gone_pkey PRIMARY KEY (scenario_id, edit_id);

ALTER TABLE ONLY twin.scenario
    ADD CONSTRAINT scenario_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.stored_query
    ADD CONSTRAINT stored_query_pkey PRIMARY KEY (id);

ALTER TABLE ONLY twin.tile_cell
    ADD CONSTRAINT tile_cell_pkey PRIMARY KEY (dataset, layer, cell_x, cell_y) INCLUDE (version);

ALTER TABLE ONLY twin.traffic_count
    ADD CONSTRAINT traffic_count_pkey PRIMARY KEY (version, link, hour);

ALTER TABLE ONLY twin.traffic_matrix
    ADD CONSTRAINT traffic_matrix_pkey PRIMARY KEY (version, hour, purpose);

ALTER TABLE ONLY twin.traffic_zone
    ADD CONSTRAINT traffic_zone_pkey PRIMARY KEY (version, ordinal);

ALTER TABLE ONLY twin.traffic_zone
    ADD CONSTRAINT traffic_zone_version_id_key UNIQUE (version, id);

ALTER TABLE ONLY works.obstruction_event
    ADD CONSTRAINT obstruction_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY works.obstruction
    ADD CONSTRAINT obstruction_external_id_key UNIQUE (external_id);

ALTER TABLE ONLY works.obstruction
    ADD CONSTRAINT obstruction_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX alert_not_over ON alerting.alert USING btree (key) WHERE (over_at IS NULL);

CREATE INDEX alert_state ON alerting.alert USING btree (state, raised_at DESC);

CREATE INDEX delivery_waiting ON alerting.delivery USING btree (next_at) WHERE (state = 'waiting'::text);

CREATE INDEX audit_entry_at ON audit.entry USING btree (at);

CREATE INDEX audit_entry_what ON audit.entry USING btree (what, place DESC);

CREATE INDEX audit_entry_who ON audit.entry USING btree (who, place DESC);

CREATE INDEX ad_carrier_current_geom ON city.ad_carrier USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX ad_carrier_current_id ON city.ad_carrier USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX ad_carrier_ended_geom ON city.ad_carrier USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX ad_carrier_ended_id ON city.ad_carrier USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX ad_carrier_version ON city.ad_carrier USING btree (dataset_version);

CREATE INDEX address_current_geom ON city.address USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX address_current_id ON city.address USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX address_current_street ON city.address USING btree (lower((street COLLATE "und-x-icu")) COLLATE "C", house_number) WHERE (valid_to IS NULL);

CREATE INDEX address_ended_geom ON city.address USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX address_ended_id ON city.address USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX address_version ON city.address USING btree (dataset_version);

CREATE INDEX airport_surface_current_geom ON city.airport_surface USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX airport_surface_current_id ON city.airport_surface USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX airport_surface_ended_geom ON city.airport_surface USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX airport_surface_ended_id ON city.airport_surface USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX airport_surface_version ON city.airport_surface USING btree (dataset_version);

CREATE INDEX bdot10k_area_current_geom ON city.bdot10k_area USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX bdot10k_area_current_id ON city.bdot10k_area USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX bdot10k_area_ended_geom ON city.bdot10k_area USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX bdot10k_area_ended_id ON city.bdot10k_area USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX bdot10k_area_version ON city.bdot10k_area USING btree (dataset_version);

CREATE INDEX bdot10k_line_current_geom ON city.bdot10k_line USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX bdot10k_line_current_id ON city.bdot10k_line USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX bdot10k_line_ended_geom ON city.bdot10k_line USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX bdot10k_line_ended_id ON city.bdot10k_line USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX bdot10k_line_version ON city.bdot10k_line USING btree (dataset_version);

CREATE INDEX bdot10k_point_current_geom ON city.bdot10k_point USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX bdot10k_point_current_id ON city.bdot10k_point USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX bdot10k_point_ended_geom ON city.bdot10k_point USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX bdot10k_point_ended_id ON city.bdot10k_point USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX bdot10k_point_version ON city.bdot10k_point USING btree (dataset_version);

CREATE INDEX boundary_point_current_geom ON city.boundary_point USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX boundary_point_current_id ON city.boundary_point USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX boundary_point_ended_geom ON city.boundary_point USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX boundary_point_ended_id ON city.boundary_point USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX boundary_point_version ON city.boundary_point USING btree (dataset_version);

CREATE INDEX building_3d_current_building ON city.building_3d USING btree (building_id) WHERE (valid_to IS NULL);

CREATE INDEX building_3d_current_geom ON city.building_3d USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX building_3d_current_id ON city.building_3d USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX building_3d_current_tile ON city.building_3d USING btree (twin.building_tile(geom)) WHERE (valid_to IS NULL);

CREATE INDEX building_3d_ended_geom ON city.building_3d USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_3d_ended_id ON city.building_3d USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_3d_ended_tile ON city.building_3d USING btree (twin.building_tile(geom)) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_3d_version ON city.building_3d USING btree (dataset_version);

CREATE INDEX building_current_geom ON city.building USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX building_current_id ON city.building USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX building_ended_geom ON city.building USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_ended_id ON city.building USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_line_current_geom ON city.building_line USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX building_line_current_id ON city.building_line USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX building_line_ended_geom ON city.building_line USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_line_ended_id ON city.building_line USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_line_version ON city.building_line USING btree (dataset_version);

CREATE INDEX building_version ON city.building USING btree (dataset_version);

CREATE INDEX cadastral_unit_current_geom ON city.cadastral_unit USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX cadastral_unit_current_id ON city.cadastral_unit USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX cadastral_unit_ended_geom ON city.cadastral_unit USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX cadastral_unit_ended_id ON city.cadastral_unit USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX cadastral_unit_version ON city.cadastral_unit USING btree (dataset_version);

CREATE INDEX census_cell_current_geom ON city.census_cell USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX census_cell_current_id ON city.census_cell USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX census_cell_ended_geom ON city.census_cell USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX census_cell_ended_id ON city.census_cell USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX census_cell_version ON city.census_cell USING btree (dataset_version);

CREATE INDEX control_point_current_geom ON city.control_point USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX control_point_current_id ON city.control_point USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX control_point_ended_geom ON city.control_point USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX control_point_ended_id ON city.control_point USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX control_point_version ON city.control_point USING btree (dataset_version);

CREATE INDEX defibrillator_current_geom ON city.defibrillator USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX defibrillator_current_id ON city.defibrillator USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX defibrillator_ended_geom ON city.defibrillator USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX defibrillator_ended_id ON city.defibrillator USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX defibrillator_version ON city.defibrillator USING btree (dataset_version);

CREATE INDEX dike_current_geom ON city.dike USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX dike_current_id ON city.dike USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX dike_ended_geom ON city.dike USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX dike_ended_id ON city.dike USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX dike_version ON city.dike USING btree (dataset_version);

CREATE INDEX district_current_geom ON city.district USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX district_current_id ON city.district USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX district_ended_geom ON city.district USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX district_ended_id ON city.district USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX district_version ON city.district USING btree (dataset_version);

CREATE INDEX electromagnetic_field_current_geom ON city.electromagnetic_field USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX electromagnetic_field_current_id ON city.electromagnetic_field USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX electromagnetic_field_ended_geom ON city.electromagnetic_field USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX electromagnetic_field_ended_id ON city.electromagnetic_field USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX electromagnetic_field_version ON city.electromagnetic_field USING btree (dataset_version);

CREATE INDEX facility_current_geom ON city.facility USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX facility_current_id ON city.facility USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX facility_ended_geom ON city.facility USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX facility_ended_id ON city.facility USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX facility_version ON city.facility USING btree (dataset_version);

CREATE INDEX flood_zone_current_geom ON city.flood_zone USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX flood_zone_current_id ON city.flood_zone USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX flood_zone_ended_geom ON city.flood_zone USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX flood_zone_ended_id ON city.flood_zone USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX flood_zone_version ON city.flood_zone USING btree (dataset_version);

CREATE INDEX footway_current_geom ON city.footway USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX footway_current_id ON city.footway USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX footway_ended_geom ON city.footway USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX footway_ended_id ON city.footway USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX footway_version ON city.footway USING btree (dataset_version);

CREATE INDEX green_area_current_geom ON city.green_area USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX green_area_current_id ON city.green_area USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX green_area_ended_geom ON city.green_area USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX green_area_ended_id ON city.green_area USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX green_area_version ON city.green_area USING btree (dataset_version);

CREATE INDEX heritage_site_current_geom ON city.heritage_site USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX heritage_site_current_id ON city.heritage_site USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX heritage_site_ended_geom ON city.heritage_site USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX heritage_site_ended_id ON city.heritage_site USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX heritage_site_version ON city.heritage_site USING btree (dataset_version);

CREATE INDEX intake_zone_current_geom ON city.intake_zone USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX intake_zone_current_id ON city.intake_zone USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX intake_zone_ended_geom ON city.intake_zone USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX intake_zone_ended_id ON city.intake_zone USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX intake_zone_version ON city.intake_zone USING btree (dataset_version);

CREATE INDEX land_cover_current_geom ON city.land_cover USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX land_cover_current_id ON city.land_cover USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX land_cover_ended_geom ON city.land_cover USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX land_cover_ended_id ON city.land_cover USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX land_cover_version ON city.land_cover USING btree (dataset_version);

CREATE INDEX landscape_area_current_geom ON city.landscape_area USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX landscape_area_current_id ON city.landscape_area USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX landscape_area_ended_geom ON city.landscape_area USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX landscape_area_ended_id ON city.landscape_area USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX landscape_area_version ON city.landscape_area USING btree (dataset_version);

CREATE INDEX landslide_current_geom ON city.landslide USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX landslide_current_id ON city.landslide USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX landslide_ended_geom ON city.landslide USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX landslide_ended_id ON city.landslide USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX landslide_version ON city.landslide USING btree (dataset_version);

CREATE INDEX mining_area_current_geom ON city.mining_area USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX mining_area_current_id ON city.mining_area USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX mining_area_ended_geom ON city.mining_area USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX mining_area_ended_id ON city.mining_area USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX mining_area_version ON city.mining_area USING btree (dataset_version);

CREATE INDEX nature_area_current_geom ON city.nature_area USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX nature_area_current_id ON city.nature_area USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX nature_area_ended_geom ON city.nature_area USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX nature_area_ended_id ON city.nature_area USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX nature_area_version ON city.nature_area USING btree (dataset_version);

CREATE INDEX noise_zone_current_geom ON city.noise_zone USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX noise_zone_current_id ON city.noise_zone USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX noise_zone_ended_geom ON city.noise_zone USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX noise_zone_ended_id ON city.noise_zone USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX noise_zone_version ON city.noise_zone USING btree (dataset_version);

CREATE INDEX obstruction_current_geom ON city.obstruction USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX obstruction_current_id ON city.obstruction USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX obstruction_detour_current_geom ON city.obstruction_detour USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX obstruction_detour_current_id ON city.obstruction_detour USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX obstruction_detour_ended_geom ON city.obstruction_detour USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX obstruction_detour_ended_id ON city.obstruction_detour USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX obstruction_detour_version ON city.obstruction_detour USING btree (dataset_version);

CREATE INDEX obstruction_ended_geom ON city.obstruction USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX obstruction_ended_id ON city.obstruction USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX obstruction_version ON city.obstruction USING btree (dataset_version);

CREATE INDEX official_case_current_geom ON city.official_case USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX official_case_current_id ON city.official_case USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX official_case_ended_geom ON city.official_case USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX official_case_ended_id ON city.official_case USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX official_case_version ON city.official_case USING btree (dataset_version);

CREATE INDEX parcel_current_geom ON city.parcel USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX parcel_current_id ON city.parcel USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX parcel_current_number ON city.parcel USING btree (parcel_number, precinct_id) WHERE (valid_to IS NULL);

CREATE INDEX parcel_ended_geom ON city.parcel USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX parcel_ended_id ON city.parcel USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX parcel_land_use_current_geom ON city.parcel_land_use USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX parcel_land_use_current_id ON city.parcel_land_use USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX parcel_land_use_current_parcel ON city.parcel_land_use USING btree (parcel_id) WHERE (valid_to IS NULL);

CREATE INDEX parcel_land_use_ended_geom ON city.parcel_land_use USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX parcel_land_use_ended_id ON city.parcel_land_use USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX parcel_land_use_version ON city.parcel_land_use USING btree (dataset_version);

CREATE INDEX parcel_version ON city.parcel USING btree (dataset_version);

CREATE INDEX parking_bay_current_geom ON city.parking_bay USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX parking_bay_current_id ON city.parking_bay USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX parking_bay_ended_geom ON city.parking_bay USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX parking_bay_ended_id ON city.parking_bay USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX parking_bay_version ON city.parking_bay USING btree (dataset_version);

CREATE INDEX plan_act_current_geom ON city.plan_act USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX plan_act_current_id ON city.plan_act USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX plan_act_ended_geom ON city.plan_act USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX plan_act_ended_id ON city.plan_act USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX plan_act_version ON city.plan_act USING btree (dataset_version);

CREATE INDEX plan_area_current_geom ON city.plan_area USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX plan_area_current_id ON city.plan_area USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX plan_area_ended_geom ON city.plan_area USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX plan_area_ended_id ON city.plan_area USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX plan_area_version ON city.plan_area USING btree (dataset_version);

CREATE INDEX plan_zone_current_designation ON city.plan_zone USING btree (designation) WHERE (valid_to IS NULL);

CREATE INDEX plan_zone_current_geom ON city.plan_zone USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX plan_zone_current_id ON city.plan_zone USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX plan_zone_ended_geom ON city.plan_zone USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX plan_zone_ended_id ON city.plan_zone USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX plan_zone_version ON city.plan_zone USING btree (dataset_version);

CREATE INDEX population_cell_current_geom ON city.population_cell USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX population_cell_current_id ON city.population_cell USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX population_cell_ended_geom ON city.population_cell USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX population_cell_ended_id ON city.population_cell USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX population_cell_version ON city.population_cell USING btree (dataset_version);

CREATE INDEX population_forecast_current_geom ON city.population_forecast USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX population_forecast_current_id ON city.population_forecast USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX population_forecast_ended_geom ON city.population_forecast USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX population_forecast_ended_id ON city.population_forecast USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX population_forecast_version ON city.population_forecast USING btree (dataset_version);

CREATE INDEX precinct_current_geom ON city.precinct USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX precinct_current_id ON city.precinct USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX precinct_ended_geom ON city.precinct USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX precinct_ended_id ON city.precinct USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX precinct_version ON city.precinct USING btree (dataset_version);

CREATE INDEX restricted_use_area_current_geom ON city.restricted_use_area USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX restricted_use_area_current_id ON city.restricted_use_area USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX restricted_use_area_ended_geom ON city.restricted_use_area USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX restricted_use_area_ended_id ON city.restricted_use_area USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX restricted_use_area_version ON city.restricted_use_area USING btree (dataset_version);

CREATE INDEX road_current_geom ON city.road USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX road_current_id ON city.road USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX road_ended_geom ON city.road USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX road_ended_id ON city.road USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX road_version ON city.road USING btree (dataset_version);

CREATE INDEX stop_current_geom ON city.stop USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX stop_current_id ON city.stop USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX stop_ended_geom ON city.stop USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX stop_ended_id ON city.stop USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX stop_version ON city.stop USING btree (dataset_version);

CREATE INDEX topographic_area_current_geom ON city.topographic_area USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX topographic_area_current_id ON city.topographic_area USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX topographic_area_ended_geom ON city.topographic_area USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX topographic_area_ended_id ON city.topographic_area USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX topographic_area_version ON city.topographic_area USING btree (dataset_version);

CREATE INDEX topographic_height_current_geom ON city.topographic_height USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX topographic_height_current_id ON city.topographic_height USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX topographic_height_ended_geom ON city.topographic_height USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX topographic_height_ended_id ON city.topographic_height USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX topographic_height_version ON city.topographic_height USING btree (dataset_version);

CREATE INDEX topographic_line_current_geom ON city.topographic_line USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX topographic_line_current_id ON city.topographic_line USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX topographic_line_ended_geom ON city.topographic_line USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX topographic_line_ended_id ON city.topographic_line USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX topographic_line_version ON city.topographic_line USING btree (dataset_version);

CREATE INDEX topographic_point_current_geom ON city.topographic_point USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX topographic_point_current_id ON city.topographic_point USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX topographic_point_ended_geom ON city.topographic_point USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX topographic_point_ended_id ON city.topographic_point USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX topographic_point_version ON city.topographic_point USING btree (dataset_version);

CREATE INDEX transit_line_current_geom ON city.transit_line USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX transit_line_current_id ON city.transit_line USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX transit_line_ended_geom ON city.transit_line USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX transit_line_ended_id ON city.transit_line USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX transit_line_version ON city.transit_line USING btree (dataset_version);

CREATE INDEX tree_current_geom ON city.tree USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX tree_current_id ON city.tree USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX tree_current_tile ON city.tree USING btree (twin.tree_tile(geom, height_m)) WHERE (valid_to IS NULL);

CREATE INDEX tree_ended_geom ON city.tree USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX tree_ended_id ON city.tree USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX tree_ended_tile ON city.tree USING btree (twin.tree_tile(geom, height_m)) WHERE (valid_to IS NOT NULL);

CREATE INDEX tree_version ON city.tree USING btree (dataset_version);

CREATE INDEX unregistered_building_current_geom ON city.unregistered_building USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX unregistered_building_current_id ON city.unregistered_building USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX unregistered_building_ended_geom ON city.unregistered_building USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX unregistered_building_ended_id ON city.unregistered_building USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX unregistered_building_version ON city.unregistered_building USING btree (dataset_version);

CREATE INDEX utility_device_current_geom ON city.utility_device USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX utility_device_current_id ON city.utility_device USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX utility_device_current_tile ON city.utility_device USING btree (twin.network_tile(geom)) WHERE (valid_to IS NULL);

CREATE INDEX utility_device_ended_geom ON city.utility_device USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX utility_device_ended_id ON city.utility_device USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX utility_device_ended_tile ON city.utility_device USING btree (twin.network_tile(geom)) WHERE (valid_to IS NOT NULL);

CREATE INDEX utility_device_version ON city.utility_device USING btree (dataset_version);

CREATE INDEX utility_elevation_current_geom ON city.utility_elevation USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX utility_elevation_current_id ON city.utility_elevation USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX utility_elevation_ended_geom ON city.utility_elevation USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX utility_elevation_ended_id ON city.utility_elevation USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX utility_elevation_version ON city.utility_elevation USING btree (dataset_version);

CREATE INDEX utility_line_current_geom ON city.utility_line USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX utility_line_current_id ON city.utility_line USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX utility_line_current_tile ON city.utility_line USING btree (twin.network_tile(geom)) WHERE (valid_to IS NULL);

CREATE INDEX utility_line_ended_geom ON city.utility_line USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX utility_line_ended_id ON city.utility_line USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX utility_line_ended_tile ON city.utility_line USING btree (twin.network_tile(geom)) WHERE (valid_to IS NOT NULL);

CREATE INDEX utility_line_version ON city.utility_line USING btree (dataset_version);

CREATE INDEX water_current_geom ON city.water USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX water_current_id ON city.water USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX water_ended_geom ON city.water USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX water_ended_id ON city.water USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX water_version ON city.water USING btree (dataset_version);

CREATE INDEX datastream_observed_property ON live.datastream USING btree (observed_property_id);

CREATE INDEX datastream_sensor ON live.datastream USING btree (sensor_id);

CREATE INDEX datastream_thing ON live.datastream USING btree (thing_id);

CREATE INDEX feature_of_interest_geom ON live.feature_of_interest USING gist (geom);

CREATE INDEX feature_of_interest_place ON live.feature_of_interest USING gist (place);

CREATE INDEX historical_location_location_location ON live.historical_location_location USING btree (location_id);

CREATE INDEX historical_location_thing ON live.historical_location USING btree (thing_id, "time");

CREATE INDEX location_feature_of_interest ON live.location USING btree (feature_of_interest_id);

CREATE INDEX location_geom ON live.location USING gist (geom);

CREATE INDEX location_place ON live.location USING gist (place);

CREATE INDEX observation_aside_datastream ON live.observation_aside USING btree (datastream_id, phenomenon_time);

CREATE INDEX observation_aside_received ON live.observation_aside USING btree (last_received_at);

CREATE UNIQUE INDEX observation_aside_same ON live.observation_aside USING btree (md5(sent), COALESCE(datastream_id, (0)::bigint), COALESCE(phenomenon_time, '-infinity'::timestamp with time zone), reason, source);

CREATE INDEX observation_feature_of_interest ON ONLY live.observation USING btree (feature_of_interest_id) WHERE (feature_of_interest_id IS NOT NULL);

CREATE INDEX observation_moved_to ON live.observation_moved USING btree (to_datastream_id, to_phenomenon_time);

CREATE INDEX observation_other_feature_of_interest_id_idx ON live.observation_other USING btree (feature_of_interest_id) WHERE (feature_of_interest_id IS NOT NULL);

CREATE INDEX observation_written_in ON ONLY live.observation USING btree (written_in);

CREATE INDEX observation_other_written_in_idx ON live.observation_other USING btree (written_in);

CREATE INDEX quality_episode_open ON live.quality_episode USING btree (datastream_id) WHERE (ended_at IS NULL);

CREATE INDEX thing_location_location ON live.thing_location USING btree (location_id);

CREATE INDEX building_residents_current_geom ON personal.building_residents USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX building_residents_current_id ON personal.building_residents USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX building_residents_ended_geom ON personal.building_residents USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_residents_ended_id ON personal.building_residents USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_residents_version ON personal.building_residents USING btree (dataset_version);

CREATE INDEX address_scenario_geom ON scenario.address USING gist (geom);

CREATE INDEX boundary_point_scenario_geom ON scenario.boundary_point USING gist (geom);

CREATE INDEX building_3d_scenario_geom ON scenario.building_3d USING gist (geom);

CREATE INDEX building_3d_scenario_tile ON scenario.building_3d USING btree (scenario_id, twin.building_tile(geom));

CREATE INDEX building_scenario_geom ON scenario.building USING gist (geom);

CREATE INDEX facility_scenario_geom ON scenario.facility USING gist (geom);

CREATE INDEX green_area_scenario_geom ON scenario.green_area USING gist (geom);

CREATE INDEX parcel_land_use_scenario_geom ON scenario.parcel_land_use USING gist (geom);

CREATE INDEX parcel_scenario_geom ON scenario.parcel USING gist (geom);

CREATE INDEX plan_zone_scenario_geom ON scenario.plan_zone USING gist (geom);

CREATE INDEX road_scenario_geom ON scenario.road USING gist (geom);

CREATE INDEX tree_scenario_geom ON scenario.tree USING gist (geom);

CREATE INDEX tree_scenario_tile ON scenario.tree USING btree (scenario_id, twin.tree_tile(geom, height_m));

CREATE INDEX utility_device_scenario_geom ON scenario.utility_device USING gist (geom);

CREATE INDEX utility_device_scenario_tile ON scenario.utility_device USING btree (scenario_id, twin.network_tile(geom));

CREATE INDEX utility_line_scenario_geom ON scenario.utility_line USING gist (geom);

CREATE INDEX utility_line_scenario_tile ON scenario.utility_line USING btree (scenario_id, twin.network_tile(geom));

CREATE INDEX stop_time_stop ON transit.stop_time USING btree (stop_id, departure_s);

CREATE INDEX trip_delay_at ON transit.trip_delay USING btree (at);

CREATE INDEX vehicle_received_at ON transit.vehicle USING btree (received_at);

CREATE INDEX account_change_account ON twin.account_change USING btree (account, id DESC);

CREATE INDEX account_token_account ON twin.account_token USING btree (account);

CREATE INDEX data_order_client ON twin.data_order USING btree (client, created_at DESC, id) WHERE (client IS NOT NULL);

CREATE INDEX data_order_created ON twin.data_order USING btree (created_at);

CREATE INDEX data_order_of ON twin.data_order USING btree (asked_by, created_at DESC, id);

CREATE INDEX data_order_package ON twin.data_order USING btree (digest);

CREATE INDEX data_order_turn ON twin.data_order USING btree (turn) WHERE (turn IS NOT NULL);

CREATE INDEX data_use_case ON twin.data_use USING btree (case_number) WHERE (case_number IS NOT NULL);

CREATE INDEX data_use_client ON twin.data_use USING btree (client) WHERE (client IS NOT NULL);

CREATE INDEX data_use_taken ON twin.data_use USING btree (taken_at DESC, id DESC);

CREATE INDEX dataset_version_dataset ON twin.dataset_version USING btree (dataset, version DESC);

CREATE INDEX load_made ON twin.load USING btree (made_at DESC, id);

CREATE INDEX locked_feature_lock ON twin.locked_feature USING btree (lock_id);

CREATE INDEX model_change_building ON twin.model_change USING gin (buildings);

CREATE INDEX order_notice_order ON twin.order_notice USING btree (order_id);

CREATE INDEX run_created ON twin.run USING btree (created_at DESC, id);

CREATE INDEX run_scenario ON twin.run USING btree (scenario_id, created_at DESC);

CREATE INDEX run_solution_run ON twin.run_solution USING btree (run_id);

CREATE INDEX scenario_comment_of ON twin.scenario_comment USING btree (scenario_id, state, made_at DESC);

CREATE INDEX scenario_edit_ground ON twin.scenario_edit USING btree (scenario_id, ordinal) WHERE (((edit ->> 'kind'::text) = 'shape-terrain'::text) AND (NOT is_undone));

CREATE INDEX scenario_edit_object_edit ON twin.scenario_edit_object USING btree (scenario_id, ordinal);

CREATE INDEX scenario_edit_undone ON twin.scenario_edit USING btree (scenario_id, ordinal) WHERE is_undone;

CREATE INDEX scenario_parent ON twin.scenario USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX scenario_updated ON twin.scenario USING btree (updated_at DESC, id);

CREATE INDEX obstruction_event_of ON works.obstruction_event USING btree (obstruction_id, id);

CREATE INDEX obstruction_reach ON works.obstruction USING gist (reach);

CREATE INDEX obstruction_time ON works.obstruction USING btree (starts_at, ends_at);

ALTER INDEX live.observation_5min_pkey ATTACH PARTITION live.observation_5min_other_pkey;

ALTER INDEX live.observation_day_pkey ATTACH PARTITION live.observation_day_other_pkey;

ALTER INDEX live.observation_hour_pkey ATTACH PARTITION live.observation_hour_other_pkey;

ALTER INDEX live.observation_feature_of_interest ATTACH PARTITION live.observation_other_feature_of_interest_id_idx;

ALTER INDEX live.observation_pkey ATTACH PARTITION live.observation_other_pkey;

ALTER INDEX live.observation_written_in ATTACH PARTITION live.observation_other_written_in_idx;

CREATE CONSTRAINT TRIGGER audit AFTER INSERT ON alerting.alert_change DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.who <> 'system'::text)) EXECUTE FUNCTION audit.hear();

CREATE TRIGGER tell_alerts AFTER INSERT OR DELETE OR UPDATE ON alerting.alert FOR EACH ROW EXECUTE FUNCTION live.tell_change('alerts', 'id');

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

CREATE TRIGGER one_head BEFORE DELETE OR TRUNCATE ON audit.head FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

CREATE TRIGGER correct_feature AFTER UPDATE OF name, description, encoding_type, location ON live.location FOR EACH ROW WHEN ((new.feature_of_interest_id IS NOT NULL)) EXECUTE FUNCTION live.correct_feature();

CREATE TRIGGER feature_of_place AFTER INSERT ON live.thing_location FOR EACH ROW EXECUTE FUNCTION live.feature_of_place();

CREATE TRIGGER note_deletes AFTER DELETE ON live.observation REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION live.note_changes();

CREATE TRIGGER note_updates AFTER UPDATE ON live.observation REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION live.note_changes();

CREATE TRIGGER place_feature BEFORE INSERT OR UPDATE OF feature ON live.feature_of_interest FOR EACH ROW EXECUTE FUNCTION live.place_feature();

CREATE TRIGGER place_location BEFORE INSERT OR UPDATE OF location ON live.location FOR EACH ROW EXECUTE FUNCTION live.place_location();

CREATE TRIGGER tell_changed_observations AFTER UPDATE ON live.observation REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION live.tell_observations();

CREATE TRIGGER tell_datastreams AFTER INSERT OR DELETE OR UPDATE ON live.datastream FOR EACH ROW EXECUTE FUNCTION live.tell_change('datastreams', 'id');

CREATE TRIGGER tell_features_of_interest AFTER INSERT OR DELETE OR UPDATE ON live.feature_of_interest FOR EACH ROW EXECUTE FUNCTION live.tell_change('features-of-interest', 'id');

CREATE TRIGGER tell_historical_locations AFTER INSERT OR DELETE OR UPDATE ON live.historical_location FOR EACH ROW EXECUTE FUNCTION live.tell_change('historical-locations', 'id');

CREATE TRIGGER tell_locations AFTER INSERT OR DELETE OR UPDATE ON live.location FOR EACH ROW EXECUTE FUNCTION live.tell_change('locations', 'id');

CREATE TRIGGER tell_observations AFTER INSERT ON live.observation REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION live.tell_observations();

CREATE TRIGGER tell_observed_properties AFTER INSERT OR DELETE OR UPDATE ON live.observed_property FOR EACH ROW EXECUTE FUNCTION live.tell_change('observed-properties', 'id');

CREATE TRIGGER tell_places AFTER INSERT ON live.thing_location FOR EACH ROW EXECUTE FUNCTION live.tell_change('locations', 'location_id');

CREATE TRIGGER tell_quality AFTER INSERT OR DELETE OR UPDATE ON live.quality_episode FOR EACH ROW EXECUTE FUNCTION live.tell_change('quality', 'datastream_id');

CREATE TRIGGER tell_sensors AFTER INSERT OR DELETE OR UPDATE ON live.sensor FOR EACH ROW EXECUTE FUNCTION live.tell_change('sensors', 'id');

CREATE TRIGGER tell_things AFTER INSERT OR DELETE OR UPDATE ON live.thing FOR EACH ROW EXECUTE FUNCTION live.tell_change('things', 'id');

CREATE TRIGGER write_again BEFORE UPDATE ON live.observation FOR EACH ROW EXECUTE FUNCTION live.write_again();

CREATE TRIGGER tell_vehicles_moved AFTER UPDATE ON transit.vehicle REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION transit.tell_vehicles();

CREATE TRIGGER tell_vehicles_new AFTER INSERT ON transit.vehicle REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION transit.tell_vehicles();

CREATE CONSTRAINT TRIGGER audit AFTER INSERT ON twin.account_change DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit AFTER INSERT OR DELETE ON twin.account_token DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear_token();

CREATE CONSTRAINT TRIGGER audit AFTER INSERT ON twin.data_use DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.account <> 'anonymous'::text)) EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit AFTER INSERT ON twin.dataset_version DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit AFTER INSERT ON twin.feature_edit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit AFTER INSERT OR UPDATE ON twin.metadata_record DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit AFTER INSERT ON twin.model_change DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit AFTER UPDATE ON twin.scenario_comment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.moderated_by IS NOT NULL)) EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit AFTER INSERT ON twin.scenario_event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit AFTER INSERT OR UPDATE ON twin.stored_query DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit_asked AFTER INSERT ON twin.load DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit_changed AFTER UPDATE ON twin.cascaded_source DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.declaration <> new.declaration)) EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit_ended AFTER UPDATE ON twin.load DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.state <> new.state) AND (new.state = ANY (ARRAY['checked'::text, 'loaded'::text, 'refused'::text, 'failed'::text, 'cancelled'::text])))) EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit_made AFTER INSERT ON twin.cascaded_source DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit_removed AFTER DELETE ON twin.cascaded_source DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit_removed AFTER DELETE ON twin.metadata_record DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit_removed AFTER DELETE ON twin.scenario DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE CONSTRAINT TRIGGER audit_removed AFTER DELETE ON twin.stored_query DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE TRIGGER keep_layer_status AFTER INSERT OR UPDATE ON twin.layer_status FOR EACH ROW EXECUTE FUNCTION twin.keep_layer_status();

CREATE TRIGGER note_objects AFTER INSERT OR UPDATE OF settled ON twin.scenario_edit FOR EACH ROW EXECUTE FUNCTION twin.note_objects_of_edit();

CREATE TRIGGER tell_new_runs AFTER INSERT OR DELETE ON twin.run FOR EACH ROW EXECUTE FUNCTION live.tell_change('runs', 'id');

CREATE TRIGGER tell_runs AFTER UPDATE ON twin.run FOR EACH ROW WHEN (((old.state <> new.state) OR (old.progress <> new.progress))) EXECUTE FUNCTION live.tell_change('runs', 'id');

CREATE CONSTRAINT TRIGGER audit AFTER INSERT ON works.obstruction_event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.hear();

CREATE TRIGGER tell_obstructions AFTER INSERT OR UPDATE ON works.obstruction FOR EACH ROW EXECUTE FUNCTION live.tell_change('obstructions', 'id');

ALTER TABLE ONLY alerting.alert_change
    ADD CONSTRAINT alert_change_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alerting.alert(id) ON DELETE CASCADE;

ALTER TABLE ONLY alerting.alert
    ADD CONSTRAINT alert_datastream_id_fkey FOREIGN KEY (datastream_id) REFERENCES live.datastream(id) ON DELETE SET NULL;

ALTER TABLE ONLY alerting.alert
    ADD CONSTRAINT alert_thing_id_fkey FOREIGN KEY (thing_id) REFERENCES live.thing(id) ON DELETE SET NULL;

ALTER TABLE ONLY alerting.alert
    ADD CONSTRAINT alert_threshold_id_fkey FOREIGN KEY (threshold_id) REFERENCES alerting.threshold(id) ON DELETE SET NULL;

ALTER TABLE ONLY alerting.delivery
    ADD CONSTRAINT delivery_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alerting.alert(id) ON DELETE CASCADE;

ALTER TABLE ONLY alerting.threshold
    ADD CONSTRAINT threshold_datastream_id_fkey FOREIGN KEY (datastream_id) REFERENCES live.datastream(id) ON DELETE CASCADE;

ALTER TABLE ONLY city.ad_carrier
    ADD CONSTRAINT ad_carrier_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.address
    ADD CONSTRAINT address_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.airport_surface
    ADD CONSTRAINT airport_surface_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.bdot10k_area
    ADD CONSTRAINT bdot10k_area_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.bdot10k_line
    ADD CONSTRAINT bdot10k_line_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.bdot10k_point
    ADD CONSTRAINT bdot10k_point_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.boundary_point
    ADD CONSTRAINT boundary_point_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.building_3d
    ADD CONSTRAINT building_3d_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.building
    ADD CONSTRAINT building_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.building_line
    ADD CONSTRAINT building_line_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.cadastral_unit
    ADD CONSTRAINT cadastral_unit_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.census_cell
    ADD CONSTRAINT census_cell_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.control_point
    ADD CONSTRAINT control_point_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.defibrillator
    ADD CONSTRAINT defibrillator_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.dike
    ADD CONSTRAINT dike_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.district
    ADD CONSTRAINT district_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.electromagnetic_field
    ADD CONSTRAINT electromagnetic_field_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.facility
    ADD CONSTRAINT facility_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.flood_zone
    ADD CONSTRAINT flood_zone_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.footway
    ADD CONSTRAINT footway_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.green_area
    ADD CONSTRAINT green_area_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.heritage_site
    ADD CONSTRAINT heritage_site_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.intake_zone
    ADD CONSTRAINT intake_zone_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.land_cover
    ADD CONSTRAINT land_cover_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.landscape_area
    ADD CONSTRAINT landscape_area_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.landslide
    ADD CONSTRAINT landslide_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.mining_area
    ADD CONSTRAINT mining_area_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.nature_area
    ADD CONSTRAINT nature_area_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.noise_zone
    ADD CONSTRAINT noise_zone_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.obstruction
    ADD CONSTRAINT obstruction_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.obstruction_detour
    ADD CONSTRAINT obstruction_detour_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.official_case
    ADD CONSTRAINT official_case_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.parcel
    ADD CONSTRAINT parcel_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.parcel_land_use
    ADD CONSTRAINT parcel_land_use_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.parking_bay
    ADD CONSTRAINT parking_bay_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.plan_act
    ADD CONSTRAINT plan_act_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.plan_area
    ADD CONSTRAINT plan_area_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.plan_zone
    ADD CONSTRAINT plan_zone_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.population_cell
    ADD CONSTRAINT population_cell_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.population_forecast
    ADD CONSTRAINT population_forecast_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.precinct
    ADD CONSTRAINT precinct_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.restricted_use_area
    ADD CONSTRAINT restricted_use_area_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.road
    ADD CONSTRAINT road_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.stop
    ADD CONSTRAINT stop_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.topographic_area
    ADD CONSTRAINT topographic_area_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.topographic_height
    ADD CONSTRAINT topographic_height_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.topographic_line
    ADD CONSTRAINT topographic_line_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.topographic_point
    ADD CONSTRAINT topographic_point_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.transit_line
    ADD CONSTRAINT transit_line_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.tree
    ADD CONSTRAINT tree_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.unregistered_building
    ADD CONSTRAINT unregistered_building_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.utility_device
    ADD CONSTRAINT utility_device_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.utility_elevation
    ADD CONSTRAINT utility_elevation_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.utility_line
    ADD CONSTRAINT utility_line_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.water
    ADD CONSTRAINT water_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY live.datastream
    ADD CONSTRAINT datastream_observed_property_id_fkey FOREIGN KEY (observed_property_id) REFERENCES live.observed_property(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.datastream
    ADD CONSTRAINT datastream_sensor_id_fkey FOREIGN KEY (sensor_id) REFERENCES live.sensor(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.datastream
    ADD CONSTRAINT datastream_thing_id_fkey FOREIGN KEY (thing_id) REFERENCES live.thing(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.historical_location_location
    ADD CONSTRAINT historical_location_location_historical_location_id_fkey FOREIGN KEY (historical_location_id) REFERENCES live.historical_location(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.historical_location_location
    ADD CONSTRAINT historical_location_location_location_id_fkey FOREIGN KEY (location_id) REFERENCES live.location(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.historical_location
    ADD CONSTRAINT historical_location_thing_id_fkey FOREIGN KEY (thing_id) REFERENCES live.thing(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.location
    ADD CONSTRAINT location_feature_of_interest_id_fkey FOREIGN KEY (feature_of_interest_id) REFERENCES live.feature_of_interest(id) ON DELETE SET NULL;

ALTER TABLE live.observation_5min
    ADD CONSTRAINT observation_5min_datastream_id_fkey FOREIGN KEY (datastream_id) REFERENCES live.datastream(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.observation_aside
    ADD CONSTRAINT observation_aside_datastream_id_fkey FOREIGN KEY (datastream_id) REFERENCES live.datastream(id) ON DELETE CASCADE;

ALTER TABLE live.observation
    ADD CONSTRAINT observation_datastream_id_fkey FOREIGN KEY (datastream_id) REFERENCES live.datastream(id) ON DELETE CASCADE;

ALTER TABLE live.observation_day
    ADD CONSTRAINT observation_day_datastream_id_fkey FOREIGN KEY (datastream_id) REFERENCES live.datastream(id) ON DELETE CASCADE;

ALTER TABLE live.observation
    ADD CONSTRAINT observation_feature_of_interest_id_fkey FOREIGN KEY (feature_of_interest_id) REFERENCES live.feature_of_interest(id) ON DELETE CASCADE;

ALTER TABLE live.observation_hour
    ADD CONSTRAINT observation_hour_datastream_id_fkey FOREIGN KEY (datastream_id) REFERENCES live.datastream(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.observation_moved
    ADD CONSTRAINT observation_moved_datastream_id_fkey FOREIGN KEY (datastream_id) REFERENCES live.datastream(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.observation_moved
    ADD CONSTRAINT observation_moved_to_datastream_id_fkey FOREIGN KEY (to_datastream_id) REFERENCES live.datastream(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.quality_episode
    ADD CONSTRAINT quality_episode_datastream_id_fkey FOREIGN KEY (datastream_id) REFERENCES live.datastream(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.quality_state
    ADD CONSTRAINT quality_state_datastream_id_fkey FOREIGN KEY (datastream_id) REFERENCES live.datastream(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.thing_location
    ADD CONSTRAINT thing_location_location_id_fkey FOREIGN KEY (location_id) REFERENCES live.location(id) ON DELETE CASCADE;

ALTER TABLE ONLY live.thing_location
    ADD CONSTRAINT thing_location_thing_id_fkey FOREIGN KEY (thing_id) REFERENCES live.thing(id) ON DELETE CASCADE;

ALTER TABLE ONLY personal.building_residents
    ADD CONSTRAINT building_residents_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY scenario.address
    ADD CONSTRAINT address_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.boundary_point
    ADD CONSTRAINT boundary_point_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.building_3d
    ADD CONSTRAINT building_3d_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.building
    ADD CONSTRAINT building_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.facility
    ADD CONSTRAINT facility_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.green_area
    ADD CONSTRAINT green_area_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.parcel_land_use
    ADD CONSTRAINT parcel_land_use_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.parcel
    ADD CONSTRAINT parcel_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.plan_zone
    ADD CONSTRAINT plan_zone_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.road
    ADD CONSTRAINT road_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.tree
    ADD CONSTRAINT tree_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.utility_device
    ADD CONSTRAINT utility_device_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY scenario.utility_line
    ADD CONSTRAINT utility_line_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.account_token
    ADD CONSTRAINT account_token_account_fkey FOREIGN KEY (account) REFERENCES twin.account(name) ON DELETE CASCADE;

ALTER TABLE ONLY twin.dataset_version
    ADD CONSTRAINT dataset_version_dataset_fkey FOREIGN KEY (dataset) REFERENCES twin.dataset(name);

ALTER TABLE ONLY twin.derived_layer
    ADD CONSTRAINT derived_layer_dataset_fkey FOREIGN KEY (dataset) REFERENCES twin.dataset(name) ON DELETE CASCADE;

ALTER TABLE ONLY twin.entitlement
    ADD CONSTRAINT entitlement_account_fkey FOREIGN KEY (account) REFERENCES twin.account(name) ON DELETE CASCADE;

ALTER TABLE ONLY twin.feature_edit
    ADD CONSTRAINT feature_edit_version_fkey FOREIGN KEY (version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY twin.layer_status
    ADD CONSTRAINT layer_status_dataset_fkey FOREIGN KEY (dataset) REFERENCES twin.dataset(name);

ALTER TABLE ONLY twin.layer_status_past
    ADD CONSTRAINT layer_status_past_dataset_fkey FOREIGN KEY (dataset) REFERENCES twin.dataset(name);

ALTER TABLE ONLY twin.layer_status_past
    ADD CONSTRAINT layer_status_past_version_fkey FOREIGN KEY (version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY twin.layer_status
    ADD CONSTRAINT layer_status_version_fkey FOREIGN KEY (version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY twin.load_finding
    ADD CONSTRAINT load_finding_load_fkey FOREIGN KEY (load) REFERENCES twin.load(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.load_piece
    ADD CONSTRAINT load_piece_load_fkey FOREIGN KEY (load) REFERENCES twin.load(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.locked_feature
    ADD CONSTRAINT locked_feature_lock_id_fkey FOREIGN KEY (lock_id) REFERENCES twin.feature_lock(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.model_change
    ADD CONSTRAINT model_change_version_fkey FOREIGN KEY (version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY twin.order_notice
    ADD CONSTRAINT order_notice_order_id_fkey FOREIGN KEY (order_id) REFERENCES twin.data_order(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.order_piece
    ADD CONSTRAINT order_piece_digest_fkey FOREIGN KEY (digest) REFERENCES twin.order_package(digest) ON DELETE CASCADE;

ALTER TABLE ONLY twin.run
    ADD CONSTRAINT run_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE SET NULL;

ALTER TABLE ONLY twin.run_solution
    ADD CONSTRAINT run_solution_run_id_fkey FOREIGN KEY (run_id) REFERENCES twin.run(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.run
    ADD CONSTRAINT run_stack_digest_fkey FOREIGN KEY (stack_digest) REFERENCES twin.run_stack(digest);

ALTER TABLE ONLY twin.scenario
    ADD CONSTRAINT scenario_applied_version_fkey FOREIGN KEY (applied_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY twin.scenario_cell
    ADD CONSTRAINT scenario_cell_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.scenario_comment
    ADD CONSTRAINT scenario_comment_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.scenario_edit_object
    ADD CONSTRAINT scenario_edit_object_scenario_id_ordinal_fkey FOREIGN KEY (scenario_id, ordinal) REFERENCES twin.scenario_edit(scenario_id, ordinal) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY twin.scenario_edit
    ADD CONSTRAINT scenario_edit_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.scenario_event
    ADD CONSTRAINT scenario_event_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.scenario_gone
    ADD CONSTRAINT scenario_gone_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES twin.scenario(id) ON DELETE CASCADE;

ALTER TABLE ONLY twin.tile_cell
    ADD CONSTRAINT tile_cell_dataset_fkey FOREIGN KEY (dataset) REFERENCES twin.dataset(name);

ALTER TABLE ONLY twin.traffic_count
    ADD CONSTRAINT traffic_count_version_fkey FOREIGN KEY (version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY twin.traffic_matrix
    ADD CONSTRAINT traffic_matrix_version_fkey FOREIGN KEY (version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY twin.traffic_zone
    ADD CONSTRAINT traffic_zone_version_fkey FOREIGN KEY (version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY works.obstruction_event
    ADD CONSTRAINT obstruction_event_obstruction_id_fkey FOREIGN KEY (obstruction_id) REFERENCES works.obstruction(id);
