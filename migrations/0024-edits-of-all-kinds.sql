-- Registers that edits of scenarios can change, beside buildings.
call twin.add_scenario_table('parcel');
call twin.add_scenario_table('parcel_land_use');
call twin.add_scenario_table('boundary_point');
call twin.add_scenario_table('plan_zone');
call twin.add_scenario_table('road');
call twin.add_scenario_table('tree');
call twin.add_scenario_table('green_area');
call twin.add_scenario_table('facility');
call twin.add_scenario_table('utility_line');
call twin.add_scenario_table('utility_device');

-- Which edits speak of an object, so that a change of the stack asks for those alone, however long the stack is.
-- Kept by a trigger: whoever copies edits into another scenario has it filled too.
create table twin.scenario_edit_object (
  scenario_id text collate "C" not null,
  layer text collate "C" not null,
  object_id text collate "C" not null,
  ordinal integer not null,
  primary key (scenario_id, layer, object_id, ordinal),
  foreign key (scenario_id, ordinal) references twin.scenario_edit (scenario_id, ordinal)
    on update cascade on delete cascade
);
create index scenario_edit_object_edit on twin.scenario_edit_object (scenario_id, ordinal);
create index scenario_edit_undone on twin.scenario_edit (scenario_id, ordinal) where is_undone;

create function twin.note_objects_of_edit() returns trigger
  language plpgsql
  as $$
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
create trigger note_objects after insert or update of settled on twin.scenario_edit
  for each row execute function twin.note_objects_of_edit();

insert into twin.scenario_edit_object (scenario_id, layer, object_id, ordinal)
  select distinct scenario_id, object ->> 'layer', object ->> 'id', ordinal
  from twin.scenario_edit, jsonb_array_elements(settled -> 'objects') as object;
