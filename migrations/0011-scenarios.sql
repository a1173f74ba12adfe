-- Scenarios: ordered stacks of edits over the city as it was recorded at a moment. The stack is the truth; the
-- sister tables hold the rows that it makes and can be made anew from it at any time.
create table twin.scenario (
  id text collate "C" primary key check (id ~ '^[a-z2-7]{20}$'),
  title text not null,
  reason text not null,
  author text collate "C" not null,
  access text collate "C" not null check (access in ('link', 'staff', 'public')),
  base_version bigint not null,
  base_at timestamptz not null,
  revision bigint not null default 1,
  -- Layers in which it may differ from its base.
  layers text[] collate "C" not null default '{}',
  created_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  updated_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  updated_by text collate "C" not null
);
create index scenario_updated on twin.scenario (updated_at desc, id);

create table twin.scenario_edit (
  scenario_id text collate "C" not null references twin.scenario (id) on delete cascade,
  ordinal integer not null,
  id text collate "C" not null,
  author text collate "C" not null,
  made_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  edit jsonb not null,
  -- What the city said when the edit was made: objects touched, ground, parcels.
  settled jsonb not null,
  is_undone boolean not null default false,
  primary key (scenario_id, ordinal),
  unique (scenario_id, id)
);

-- The revision that last changed each cell of each layer in a scenario, beside twin.tile_cell of the base.
create table twin.scenario_cell (
  scenario_id text collate "C" not null references twin.scenario (id) on delete cascade,
  layer text collate "C" not null,
  cell_x integer not null,
  cell_y integer not null,
  version bigint not null,
  primary key (scenario_id, layer, cell_x, cell_y) include (version)
);

-- Sister tables: the columns of a register's table, for the scenario that the row belongs to.
create schema scenario;
create procedure twin.add_scenario_table(register text)
  language plpgsql
  as $$
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
call twin.add_scenario_table('building');
call twin.add_scenario_table('building_3d');
create index building_3d_scenario_tile on scenario.building_3d (scenario_id, twin.building_tile(geom));
