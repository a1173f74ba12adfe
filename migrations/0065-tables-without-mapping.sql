-- A table that was handed in without a mapping waits for somebody who says what its columns are: what was seen of it.
alter table twin.load
  add column tables jsonb,
  drop constraint load_state_check,
  add constraint load_state_check check (
    state in ('waiting', 'running', 'unmapped', 'checked', 'loaded', 'refused', 'failed', 'cancelled')
  );
