-- Edits that a scenario once held and holds no more, so that a merge takes out what the other has taken out and does
-- not bring back what this one has. A branch begins with those of its parent.
create table twin.scenario_gone (
  scenario_id text collate "C" not null references twin.scenario (id) on delete cascade,
  edit_id text collate "C" not null,
  -- Taken out because that scenario had: when it holds the edit again, a merge brings it back.
  merged_from text collate "C",
  primary key (scenario_id, edit_id)
);

-- What the logs know of.
insert into twin.scenario_gone (scenario_id, edit_id)
  select distinct scenario_id, gone ->> 'id'
  from twin.scenario_event,
    jsonb_path_query(detail, '$.dropped[*]') as gone
  union
  select distinct scenario_id, gone ->> 'id'
  from twin.scenario_event,
    jsonb_path_query(detail, '$.edits[*]') as gone
  where action in ('removed', 'rebased')
  on conflict do nothing;
