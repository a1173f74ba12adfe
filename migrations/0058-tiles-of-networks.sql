-- Networks are found by the tile of the 3D city that they belong to, as the buildings are.
create index utility_line_current_tile on city.utility_line (twin.building_tile(geom)) where valid_to is null;
create index utility_line_ended_tile on city.utility_line (twin.building_tile(geom)) where valid_to is not null;
create index utility_line_scenario_tile on scenario.utility_line (scenario_id, twin.building_tile(geom));
create index utility_device_current_tile on city.utility_device (twin.building_tile(geom)) where valid_to is null;
create index utility_device_ended_tile on city.utility_device (twin.building_tile(geom)) where valid_to is not null;
create index utility_device_scenario_tile on scenario.utility_device (scenario_id, twin.building_tile(geom));
