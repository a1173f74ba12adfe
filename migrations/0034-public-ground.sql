-- Whose the ground is, as far as the public is told: public bodies by kind, all others together.
do $$
declare
  target record;
begin
  for target in
    select table_schema from information_schema.tables
    where table_name = 'parcel' and table_schema in (select name from twin.dataset union select 'city' union select 'scenario')
  loop
    execute format('alter table %I.parcel add column public_holder text collate "C"', target.table_schema);
    execute format($sql$
      update %I.parcel set public_holder = case
        when register_group in ('1', '2', '3') then 'state'
        when register_group in ('4', '5', '6') then 'municipality'
        when register_group in ('11', '12') then 'county'
        when register_group in ('13', '14') then 'voivodeship'
        else 'other' end
      where register_group is not null$sql$, target.table_schema);
  end loop;
end
$$;
