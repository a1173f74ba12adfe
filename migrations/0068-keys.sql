-- A token without an end by idleness is a key, of a tool or a service; it may be one that only reads.
alter table twin.account_token
  add column is_read_only boolean not null default false,
  add constraint session_acts check (not (is_read_only and idle_minutes is not null));

-- Administrators make and end tokens of others: the audit tells by whom.
create function audit.hear_token() returns trigger language plpgsql as $$
declare
  token twin.account_token := coalesce(new, old);
begin
  perform audit.append(coalesce(nullif(current_setting('audit.who', true), ''), token.account),
    case tg_op when 'INSERT' then 'token.made' else 'token.ended' end, token.label, '',
    jsonb_build_object('id', token.id, 'account', token.account, 'expiresAt', token.expires_at,
      'kind', case when token.idle_minutes is not null then 'session' when token.is_read_only then 'read-only key'
        else 'key' end));
  return null;
end
$$;
drop trigger audit_made on twin.account_token;
drop trigger audit_removed on twin.account_token;
create constraint trigger audit after insert or delete on twin.account_token
  deferrable initially deferred for each row execute function audit.hear_token();
