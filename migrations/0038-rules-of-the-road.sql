-- Capacity, signals, banned turns and low-emission zones, as far as they are known of a road.
do $$
declare
  target record;
begin
  for target in
    select table_schema from information_schema.tables
    where table_name = 'road' and table_schema in (select name from twin.dataset union select 'city' union select 'scenario')
  loop
    execute format('alter table %I.road add column capacity_pcu_h integer, add column signal_from text collate "C",
      add column signal_to text collate "C", add column no_turn_to text collate "C",
      add column limited_vehicles text collate "C", add column limited_share_pct double precision,
      add column entry_charge_pln double precision', target.table_schema);
  end loop;
end
$$;
