-- Tells every server that something of a topic changed: readers of /events hear the topic and the ids.
-- Used as: create trigger tell_alerts after insert or update or delete on live.alert
--   for each row execute function live.tell_change('alerts', 'id');
create function live.tell_change() returns trigger language plpgsql as $$
begin
  -- Equal notices of one transaction are told once.
  perform pg_notify('live_notice',
    tg_argv[0] || ' ' || (to_jsonb(case tg_op when 'DELETE' then old else new end) ->> tg_argv[1]));
  return null;
end $$;
