-- Where feeds of vehicles come from, and how they do: each can fail alone.
create table transit.source (
  address text collate "C" primary key,
  provider text collate "C" not null,
  tried_at timestamptz not null,
  ok_at timestamptz,
  problem text collate "C"
);

-- Readers of /events hear once for each batch of positions.
create function transit.tell_vehicles() returns trigger language plpgsql as $$
begin
  if exists (select from written) then
    perform pg_notify('live_notice', 'vehicles ' || (select min(provider) from written));
  end if;
  return null;
end $$;
create trigger tell_vehicles_new after insert on transit.vehicle
  referencing new table as written for each statement execute function transit.tell_vehicles();
create trigger tell_vehicles_moved after update on transit.vehicle
  referencing new table as written for each statement execute function transit.tell_vehicles();

create index vehicle_received_at on transit.vehicle (received_at);
