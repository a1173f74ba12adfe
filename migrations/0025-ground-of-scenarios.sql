-- Edits that shape the ground, so that whoever stands on it need not read the whole stack.
create index scenario_edit_ground on twin.scenario_edit (scenario_id, ordinal)
  where edit ->> 'kind' = 'shape-terrain' and not is_undone;
