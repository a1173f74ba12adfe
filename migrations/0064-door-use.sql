-- How often each layer was asked for, by day and door: no address, account, scenario or query.
create table twin.door_use (
  -- In Poland.
  day date not null,
  layer text collate "C" not null,
  door text collate "C" not null,
  requests bigint not null check (requests >= 0),
  -- Objects, tiles, pictures or descriptions.
  handed_out bigint not null check (handed_out >= 0),
  primary key (day, layer, door)
);
