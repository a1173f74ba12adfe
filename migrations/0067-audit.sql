-- Who did what, when and why (ADR 70): rows that are only added, each with the digest of itself and of the one before.
create schema audit;

create table audit.entry (
  -- Its place in the chain: 1, 2, 3 … without gaps.
  place bigint primary key check (place > 0),
  at timestamptz(3) not null,
  -- Name of an account; `command-line`, or the user of the database where no account is known.
  who text collate "C" not null,
  -- What was done, as `account.changed` (core/wire/audit.ts).
  what text collate "C" not null,
  -- What it was done to: an account, layers, a scenario, an address.
  about text collate "C" not null,
  -- The reason that was given; empty where none is asked for.
  why text not null,
  -- Kept as it was written, so that it can be digested again (jsonb would not keep it).
  detail json not null,
  digest bytea not null check (length(digest) = 32)
);
create index audit_entry_who on audit.entry (who, place desc);
create index audit_entry_what on audit.entry (what, place desc);
create index audit_entry_at on audit.entry (at);

-- The last row of the chain: who adds one waits for it, so that writers of all servers make one chain.
create table audit.head (
  only_one boolean primary key default true check (only_one),
  place bigint not null,
  digest bytea not null
);
insert into audit.head (place, digest) values (0, decode(repeat('00', 32), 'hex'));

create function audit.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is only added to: % of %.% is refused', lower(tg_op), tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;
create trigger append_only before update or delete or truncate on audit.entry
  for each statement execute function audit.refuse();
create trigger one_head before delete or truncate on audit.head
  for each statement execute function audit.refuse();

-- A text with its length in bytes in front, so that no two lists of texts read the same (a netstring).
create function audit.framed(said text) returns bytea language sql immutable strict parallel safe as $$
  select convert_to(octet_length(convert_to(said, 'UTF8')) || ':' || said || ',', 'UTF8')
$$;

-- Adds a row. The lock of the head lasts to the end of the transaction: call it last in it, or as all of it.
create function audit.append(who text, what text, about text, why text, detail jsonb) returns bigint
language plpgsql as $$
declare
  head audit.head;
  moment timestamptz(3);
  next_digest bytea;
begin
  select * into strict head from audit.head for update;
  -- After the lock, so that times rise along the chain as the clock of the database does.
  moment := clock_timestamp();
  next_digest := sha256(
    head.digest || audit.framed((head.place + 1)::text)
    || audit.framed(to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    || audit.framed(who) || audit.framed(what) || audit.framed(about) || audit.framed(coalesce(why, ''))
    || audit.framed(detail::text));
  insert into audit.entry (place, at, who, what, about, why, detail, digest)
    values (head.place + 1, moment, who, what, about, coalesce(why, ''), detail::text::json, next_digest);
  update audit.head as h set place = head.place + 1, digest = next_digest;
  return head.place + 1;
end
$$;

-- The books of what people do are heard when their transaction ends: what was rolled back is not told, what was
-- committed always is, whichever door or command wrote it. No name of a client and no password is copied.
create function audit.hear() returns trigger language plpgsql as $$
declare
  known record;
  -- Said by who takes a row away (server/store/say-who.ts).
  teller text := coalesce(nullif(current_setting('audit.who', true), ''), 'database user ' || session_user);
begin
  if tg_op = 'DELETE' then
    case tg_table_name
    when 'account_token' then
      perform audit.append(coalesce(nullif(current_setting('audit.who', true), ''), old.account), 'token.ended',
        old.label, '', jsonb_build_object('id', old.id, 'account', old.account));
    when 'cascaded_source' then perform audit.append(teller, 'source.removed', old.name, '', '{}');
    when 'metadata_record' then perform audit.append(teller, 'record.removed', old.id, '', '{}');
    when 'stored_query' then perform audit.append(teller, 'query.removed', old.id, '', '{}');
    when 'scenario' then
      perform audit.append(teller, 'scenario.removed', old.id, '', jsonb_build_object('revision', old.revision));
    end case;
    return null;
  end if;
  case tg_table_name
  when 'account_change' then
    perform audit.append(new.changed_by, 'account.changed', new.account, new.said ->> 'why', new.said);
  when 'account_token' then
    perform audit.append(new.account, 'token.made', new.label, '', jsonb_build_object('id', new.id,
      'expiresAt', new.expires_at, 'idleMinutes', new.idle_minutes));
  when 'feature_edit' then
    perform audit.append(new.who, 'objects.edited', array_to_string(new.layers, ' '), '', jsonb_build_object(
      'version', new.version, 'door', new.door, 'inserted', new.inserted, 'updated', new.updated,
      'replaced', new.replaced, 'deleted', new.deleted));
  when 'model_change' then
    perform audit.append(new.who, 'model.changed', array_to_string(new.buildings[1:20], ' '), new.note,
      jsonb_build_object('id', new.id, 'version', new.version, 'buildings', cardinality(new.buildings)));
  when 'dataset_version' then
    -- Edits and changes of the model stand in books of their own, and the counts of a load come after its row.
    if exists (select from twin.feature_edit where version = new.version)
      or exists (select from twin.model_change where version = new.version) then
      return null;
    end if;
    select * into known from twin.dataset_version where version = new.version;
    if found then
      perform audit.append(teller, 'data.loaded', known.file_name, '', jsonb_build_object(
        'version', known.version, 'dataset', known.dataset, 'format', known.format, 'sha256', known.file_sha256,
        'written', known.written, 'ended', known.ended, 'rejected', known.rejected));
    end if;
  when 'load' then
    perform audit.append(new.made_by, case tg_op when 'INSERT' then 'load.asked' else 'load.' || new.state end,
      new.file_name, '', jsonb_build_object('id', new.id, 'sha256', new.sha256, 'bytes', new.bytes,
        'dryRun', new.dry_run));
  when 'scenario_event' then
    perform audit.append(new.who, 'scenario.' || new.action, new.scenario_id, new.detail ->> 'why',
      jsonb_build_object('revision', new.revision) || (new.detail - 'edits'));
  when 'data_use' then
    perform audit.append(new.account, 'data.taken', array_to_string(new.layers, ' '), new.case_number,
      jsonb_build_object('use', new.id, 'order', new.order_id, 'profile', new.profile, 'formats', new.formats,
        'objects', new.objects));
  when 'cascaded_source' then
    perform audit.append(new.changed_by, 'source.changed', new.name, '', '{}');
  when 'metadata_record' then
    perform audit.append(new.changed_by, 'record.changed', new.id, '', '{}');
  when 'stored_query' then
    perform audit.append(new.who, 'query.stored', new.id, '', '{}');
  when 'scenario_comment' then
    perform audit.append(new.moderated_by, 'comment.' || new.state, new.id, new.note,
      jsonb_build_object('scenario', new.scenario_id));
  when 'alert_change' then
    perform audit.append(new.who, 'alert.' || new.state, new.alert_id::text, new.reason,
      jsonb_build_object('revision', new.revision, 'owner', new.owner));
  when 'obstruction_event' then
    perform audit.append(new.who, 'obstruction.' || new.action, new.obstruction_id, new.reason,
      jsonb_build_object('revision', new.revision, 'state', new.state));
  end case;
  return null;
end
$$;

create constraint trigger audit after insert on twin.account_change
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit_made after insert on twin.account_token
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit_removed after delete on twin.account_token
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit after insert on twin.feature_edit
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit after insert on twin.model_change
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit after insert on twin.dataset_version
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit_asked after insert on twin.load
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit_ended after update on twin.load
  deferrable initially deferred for each row
  when (old.state <> new.state and new.state in ('checked', 'loaded', 'refused', 'failed', 'cancelled'))
  execute function audit.hear();
create constraint trigger audit after insert on twin.scenario_event
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit after insert on twin.data_use
  deferrable initially deferred for each row when (new.account <> 'anonymous') execute function audit.hear();
create constraint trigger audit_made after insert on twin.cascaded_source
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit_changed after update on twin.cascaded_source
  deferrable initially deferred for each row when (old.declaration <> new.declaration)
  execute function audit.hear();
create constraint trigger audit after insert or update on twin.metadata_record
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit after insert or update on twin.stored_query
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit after update on twin.scenario_comment
  deferrable initially deferred for each row when (new.moderated_by is not null) execute function audit.hear();
create constraint trigger audit after insert on alerting.alert_change
  deferrable initially deferred for each row when (new.who <> 'system') execute function audit.hear();
create constraint trigger audit after insert on works.obstruction_event
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit_removed after delete on twin.cascaded_source
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit_removed after delete on twin.metadata_record
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit_removed after delete on twin.stored_query
  deferrable initially deferred for each row execute function audit.hear();
create constraint trigger audit_removed after delete on twin.scenario
  deferrable initially deferred for each row execute function audit.hear();
