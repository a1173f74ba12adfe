CREATE SCHEMA city;

CREATE SCHEMA twin;

CREATE FUNCTION twin.building_tile(solid public.geometry) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO '$user', 'public'
    AS $$
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

CREATE FUNCTION twin.footprint(solid public.geometry) RETURNS public.geometry
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ select ST_UnaryUnion(ST_CollectionExtract(ST_MakeValid(ST_Force2D(solid)), 3)) $$;

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

ALTER TABLE city.building ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.building_row_id_seq
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
    CONSTRAINT parcel_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE city.parcel ALTER COLUMN row_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME city.parcel_row_id_seq
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
    rejected integer DEFAULT 0 NOT NULL
);

ALTER TABLE twin.dataset_version ALTER COLUMN version ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME twin.dataset_version_version_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
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

CREATE TABLE twin.migration (
    number integer NOT NULL,
    file text NOT NULL COLLATE pg_catalog."C",
    checksum text NOT NULL COLLATE pg_catalog."C",
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE twin.tile_cell (
    dataset text NOT NULL COLLATE pg_catalog."C",
    layer text NOT NULL COLLATE pg_catalog."C",
    cell_x integer NOT NULL,
    cell_y integer NOT NULL,
    version bigint NOT NULL
);

ALTER TABLE ONLY city.building_3d
    ADD CONSTRAINT building_3d_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.building
    ADD CONSTRAINT building_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY city.parcel
    ADD CONSTRAINT parcel_pkey PRIMARY KEY (row_id);

ALTER TABLE ONLY twin.dataset
    ADD CONSTRAINT dataset_pkey PRIMARY KEY (name);

ALTER TABLE ONLY twin.dataset_version
    ADD CONSTRAINT dataset_version_pkey PRIMARY KEY (version);

ALTER TABLE ONLY twin.layer_status
    ADD CONSTRAINT layer_status_pkey PRIMARY KEY (dataset, layer);

ALTER TABLE ONLY twin.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);

ALTER TABLE ONLY twin.tile_cell
    ADD CONSTRAINT tile_cell_pkey PRIMARY KEY (dataset, layer, cell_x, cell_y) INCLUDE (version);

CREATE INDEX building_3d_current_building ON city.building_3d USING btree (building_id) WHERE (valid_to IS NULL);

CREATE INDEX building_3d_current_geom ON city.building_3d USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX building_3d_current_id ON city.building_3d USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX building_3d_current_tile ON city.building_3d USING btree (twin.building_tile(geom)) WHERE (valid_to IS NULL);

CREATE INDEX building_3d_ended_geom ON city.building_3d USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_3d_ended_id ON city.building_3d USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_3d_version ON city.building_3d USING btree (dataset_version);

CREATE INDEX building_current_geom ON city.building USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX building_current_id ON city.building USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX building_ended_geom ON city.building USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_ended_id ON city.building USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX building_version ON city.building USING btree (dataset_version);

CREATE INDEX parcel_current_geom ON city.parcel USING gist (geom) WHERE (valid_to IS NULL);

CREATE UNIQUE INDEX parcel_current_id ON city.parcel USING btree (id) WHERE (valid_to IS NULL);

CREATE INDEX parcel_current_number ON city.parcel USING btree (parcel_number, precinct_id) WHERE (valid_to IS NULL);

CREATE INDEX parcel_ended_geom ON city.parcel USING gist (geom) WHERE (valid_to IS NOT NULL);

CREATE INDEX parcel_ended_id ON city.parcel USING btree (id, valid_from) WHERE (valid_to IS NOT NULL);

CREATE INDEX parcel_version ON city.parcel USING btree (dataset_version);

CREATE INDEX dataset_version_dataset ON twin.dataset_version USING btree (dataset, version DESC);

ALTER TABLE ONLY city.building_3d
    ADD CONSTRAINT building_3d_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.building
    ADD CONSTRAINT building_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY city.parcel
    ADD CONSTRAINT parcel_dataset_version_fkey FOREIGN KEY (dataset_version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY twin.dataset_version
    ADD CONSTRAINT dataset_version_dataset_fkey FOREIGN KEY (dataset) REFERENCES twin.dataset(name);

ALTER TABLE ONLY twin.layer_status
    ADD CONSTRAINT layer_status_dataset_fkey FOREIGN KEY (dataset) REFERENCES twin.dataset(name);

ALTER TABLE ONLY twin.layer_status
    ADD CONSTRAINT layer_status_version_fkey FOREIGN KEY (version) REFERENCES twin.dataset_version(version);

ALTER TABLE ONLY twin.tile_cell
    ADD CONSTRAINT tile_cell_dataset_fkey FOREIGN KEY (dataset) REFERENCES twin.dataset(name);
