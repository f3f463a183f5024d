-- What is past its use goes, in batches. The role that deletes sees nothing else: whatever it is asked for, a session that can
-- still be used, or one that ended within thirty days, and a key of a command that still counts are not there for it.
-- The indexes lock sessions and keys of commands against writes until the migrations commit: about a second for a million.

create index sessions_over on sessions ((least(revoked_at, idle_expires_at, expires_at)));
create index idempotency_keys_over on idempotency_keys (expires_at);

create policy retention_over on sessions for all to __retention__
  using (least(revoked_at, idle_expires_at, expires_at) < now() - interval '30 days') with check (false);
grant select (tenant_id, id, revoked_at, idle_expires_at, expires_at), delete on sessions to __retention__;
create policy retention_over on idempotency_keys for all to __retention__
  using (expires_at < now()) with check (false);
grant select (tenant_id, principal, key, expires_at), delete on idempotency_keys to __retention__;

-- Refresh tokens go with their session: a used one has to be known as long as the session lives, because its coming back says
-- that somebody else has it.
create function prune_sessions(p_before timestamptz, p_limit integer) returns integer
language plpgsql security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  pruned integer;
begin
  with old as (
    select tenant_id, id from sessions where least(revoked_at, idle_expires_at, expires_at) < p_before
    order by least(revoked_at, idle_expires_at, expires_at) limit p_limit
  )
  delete from sessions s using old where s.tenant_id = old.tenant_id and s.id = old.id;
  get diagnostics pruned = row_count;
  return pruned;
end
$$;

create function prune_idempotency_keys(p_before timestamptz, p_limit integer) returns integer
language plpgsql security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  pruned integer;
begin
  with old as (
    select tenant_id, principal, key from idempotency_keys where expires_at < p_before order by expires_at limit p_limit
  )
  delete from idempotency_keys k using old
    where k.tenant_id = old.tenant_id and k.principal = old.principal and k.key = old.key;
  get diagnostics pruned = row_count;
  return pruned;
end
$$;

select own_function('prune_sessions', '__retention__');
select own_function('prune_idempotency_keys', '__retention__');
