-- Addresses name their parcel, which edits divide and merge.
call twin.add_scenario_table('address');
