-- Roads that are closed to traffic, wholly or between two places along the line.
do $$
declare
  target record;
begin
  for target in
    select table_schema from information_schema.tables
    where table_name = 'road' and table_schema in (select name from twin.dataset union select 'city' union select 'scenario')
  loop
    execute format('alter table %I.road add column closed boolean, add column closed_from_m double precision,
      add column closed_to_m double precision', target.table_schema);
  end loop;
end
$$;
