-- What APP 2.0 says of plans beside extent and limits: versions of the data set, documents, drawing, base map.
do $$
declare
  target record;
  versions constant text := 'add column version_since timestamptz, add column version_until timestamptz';
  identity constant text := 'add column iip_namespace text collate "C", add column iip_local_id text collate "C", add column iip_version text collate "C"';
begin
  for target in
    select table_schema, table_name from information_schema.tables
    where table_name in ('plan_act', 'plan_zone', 'plan_area')
      and table_schema in (select name from twin.dataset union select 'city' union select 'scenario')
  loop
    execute format('alter table %I.%I %s', target.table_schema, target.table_name, versions);
    if target.table_name <> 'plan_act' then
      execute format('alter table %I.%I %s', target.table_schema, target.table_name, identity);
    end if;
    if target.table_name = 'plan_area' then
      execute format('alter table %I.plan_area add column name text collate "C", add column strength text collate "C"',
        target.table_schema);
    elsif target.table_name = 'plan_act' then
      execute format('alter table %I.plan_act
        add column plan_type text collate "C", add column alternative_title text collate "C",
        add column change_number integer, add column is_modification boolean,
        add column base_map_date date, add column base_map_reference text collate "C",
        add column base_map_url text collate "C",
        add column resolution_title text collate "C", add column resolution_iip text collate "C",
        add column beginning_title text collate "C", add column beginning_iip text collate "C",
        add column drawing_title text collate "C", add column drawing_crs text collate "C",
        add column drawing_iip text collate "C"', target.table_schema);
    end if;
  end loop;
end
$$;
