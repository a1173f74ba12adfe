-- Servers hear of every change of what measures, as they hear of values: subscribers over MQTT follow it (18-088, 15).
create trigger tell_things after insert or update or delete on live.thing
  for each row execute function live.tell_change('things', 'id');
create trigger tell_locations after insert or update or delete on live.location
  for each row execute function live.tell_change('locations', 'id');
create trigger tell_datastreams after insert or update or delete on live.datastream
  for each row execute function live.tell_change('datastreams', 'id');
create trigger tell_sensors after insert or update or delete on live.sensor
  for each row execute function live.tell_change('sensors', 'id');
create trigger tell_observed_properties after insert or update or delete on live.observed_property
  for each row execute function live.tell_change('observed-properties', 'id');
create trigger tell_features_of_interest after insert or update or delete on live.feature_of_interest
  for each row execute function live.tell_change('features-of-interest', 'id');
