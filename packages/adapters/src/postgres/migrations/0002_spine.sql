-- Inbox, lanes, jobs and outbox. Creates tables only: no lock on existing data, done in milliseconds.
--
-- inbox, lanes, jobs and outbox are worked on across tenants by __ingest__ and __dispatch__, which see keys, states and
-- times but never payloads or messages. Everything else happens as __app__ with its tenant set.

create table lanes (
  tenant_id uuid not null references tenants (tenant_id),
  lane_key text not null,
  next_ordinal bigint not null,
  pending integer not null default 0 check (pending >= 0),
  ready_at timestamptz(3) not null,
  lease_until timestamptz(3),
  epoch bigint not null default 0,
  primary key (tenant_id, lane_key)
);
create index lanes_ready on lanes (ready_at) where pending > 0 and lease_until is null;
create index lanes_leased on lanes (lease_until) where lease_until is not null;
select protect_tenant_table('lanes');

create table inbox (
  tenant_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  dedup_hash bytea not null,
  lane_key text not null,
  ordinal bigint not null,
  kind text not null,
  payload bytea,
  received_at timestamptz(3) not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'dead')),
  attempts integer not null default 0,
  error_code text,
  trace jsonb,
  done_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, dedup_hash),
  foreign key (tenant_id, lane_key) references lanes (tenant_id, lane_key)
);
create index inbox_waiting on inbox (tenant_id, lane_key, ordinal) where state = 'waiting';
create index inbox_dead on inbox (tenant_id, id) where state = 'dead';
create index inbox_settled on inbox (done_at) where state <> 'waiting';
select protect_tenant_table('inbox');

create table inbox_refused (
  app_id text not null,
  phone_number_id text not null,
  reason text not null check (reason in ('unknown_number', 'foreign_app', 'too_old', 'unstorable')),
  count bigint not null,
  first_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  primary key (app_id, phone_number_id, reason)
);
create table inbox_unreadable (
  id bigint generated always as identity primary key,
  app_id text not null,
  body bytea not null,
  at timestamptz(3) not null,
  keep_until timestamptz(3) not null
);
create index inbox_unreadable_keep on inbox_unreadable (keep_until);
alter table inbox_refused enable row level security;
alter table inbox_refused force row level security;
alter table inbox_unreadable enable row level security;
alter table inbox_unreadable force row level security;
create policy ingest_all on inbox_refused for all to __ingest__ using (true) with check (true);
create policy ingest_all on inbox_unreadable for all to __ingest__ using (true) with check (true);
grant select, insert, update on inbox_refused to __ingest__;
grant select, insert, delete on inbox_unreadable to __ingest__;

create table jobs (
  tenant_id uuid not null references tenants (tenant_id),
  id uuid not null,
  kind text not null,
  natural_key text not null,
  run_at timestamptz(3) not null,
  data jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'dead')),
  attempts integer not null default 0,
  epoch bigint not null default 1,
  lease_until timestamptz(3),
  error_code text,
  primary key (tenant_id, id),
  unique (tenant_id, natural_key)
);
create index jobs_due on jobs (run_at) where state = 'waiting';
select protect_tenant_table('jobs');

create table outbox (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  contact_id uuid not null,
  channel_id uuid not null,
  sequence bigint not null,
  recipient jsonb not null,
  message jsonb not null,
  reply_to text,
  opaque text not null,
  state text not null check (state in ('queued', 'sending', 'unknown', 'parked', 'accepted', 'failed', 'discarded')),
  delivery text check (delivery in ('accepted', 'sent', 'delivered', 'read', 'played')),
  delivery_at jsonb not null default '{}',
  due_at timestamptz(3) not null,
  lease_until timestamptz(3),
  unknown_since timestamptz(3),
  attempts integer not null default 0,
  provider_message_id text,
  error_code text,
  owner_epoch integer,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (tenant_id, id),
  unique (tenant_id, opaque),
  unique (tenant_id, conversation_id, sequence),
  foreign key (tenant_id, channel_id) references channels (tenant_id, id),
  check (state <> 'sending' or lease_until is not null),
  check (state <> 'unknown' or unknown_since is not null)
);
create index outbox_due on outbox (due_at) where state = 'queued';
create index outbox_sending on outbox (lease_until) where state = 'sending';
create index outbox_unknown on outbox (unknown_since) where state = 'unknown';
create index outbox_open on outbox (tenant_id, conversation_id, sequence) where state in ('queued', 'sending');
create index outbox_provider on outbox (tenant_id, channel_id, provider_message_id) where provider_message_id is not null;
create index outbox_newest on outbox (tenant_id, created_at desc, id desc);
create index outbox_waiting_person on outbox (tenant_id, created_at desc) where state in ('parked', 'failed');
select protect_tenant_table('outbox');

create policy ingest_all on lanes for all to __ingest__ using (true) with check (true);
create policy dispatch_all on lanes for all to __dispatch__ using (true) with check (true);
grant select, insert, update on lanes to __ingest__;
grant select, update on lanes to __dispatch__;

create policy ingest_all on inbox for all to __ingest__ using (true) with check (true);
create policy dispatch_all on inbox for all to __dispatch__ using (true) with check (true);
grant insert on inbox to __ingest__;
grant select (tenant_id, id, dedup_hash, lane_key, ordinal, state, done_at) on inbox to __ingest__;
grant delete on inbox to __ingest__;
grant select (tenant_id, id, lane_key, ordinal, state, attempts) on inbox to __dispatch__;
grant update (state, payload, attempts, error_code, trace, done_at) on inbox to __dispatch__;

create policy dispatch_all on jobs for all to __dispatch__ using (true) with check (true);
grant select (tenant_id, id, run_at, state, attempts, epoch, lease_until) on jobs to __dispatch__;
grant update (attempts, epoch, lease_until) on jobs to __dispatch__;

create policy dispatch_all on outbox for all to __dispatch__ using (true) with check (true);
grant select (tenant_id, id, conversation_id, channel_id, sequence, state, due_at, lease_until, unknown_since, attempts)
  on outbox to __dispatch__;
grant update (state, lease_until, unknown_since, attempts, updated_at) on outbox to __dispatch__;
create policy dispatch_status on channels for select to __dispatch__ using (true);
grant select (tenant_id, id, status) on channels to __dispatch__;

-- Stores a batch. Lanes are locked in the order of their keys, then events get their ordinals under that lock, so that
-- concurrent batches agree on the order of a lane and cannot deadlock.
create function accept_events(
  p_now timestamptz, p_lease_ms integer, p_tenants uuid[], p_channels uuid[], p_ids uuid[], p_hashes bytea[],
  p_lanes text[], p_kinds text[], p_payloads bytea[], p_received timestamptz[]
) returns table (event_id uuid, event_tenant uuid, event_lane text, granted_epoch bigint)
language plpgsql security definer set search_path from current as $$
declare
  stored_ids uuid[];
  stored_tenants uuid[];
  stored_lanes text[];
  left_waiting boolean;
begin
  with item as (
    select * from unnest(p_tenants, p_channels, p_ids, p_hashes, p_lanes, p_kinds, p_payloads, p_received)
      with ordinality as i (tenant_id, channel_id, id, dedup_hash, lane_key, kind, payload, received_at, position)
  ), lane as (
    insert into lanes as l (tenant_id, lane_key, next_ordinal, ready_at)
    select item.tenant_id, item.lane_key, count(*) + 1, p_now from item
    group by item.tenant_id, item.lane_key order by item.tenant_id, item.lane_key
    on conflict (tenant_id, lane_key) do update set next_ordinal = l.next_ordinal + excluded.next_ordinal - 1
    returning l.tenant_id, l.lane_key, l.next_ordinal
  ), placed as (
    select item.*, lane.next_ordinal - count(*) over (partition by item.tenant_id, item.lane_key)
      + row_number() over (partition by item.tenant_id, item.lane_key order by item.position) - 1 as ordinal
    from item join lane using (tenant_id, lane_key)
  ), stored as (
    insert into inbox as e (tenant_id, channel_id, id, dedup_hash, lane_key, ordinal, kind, payload, received_at)
    select p.tenant_id, p.channel_id, p.id, p.dedup_hash, p.lane_key, p.ordinal, p.kind, p.payload, p.received_at
    from placed p order by p.tenant_id, p.lane_key, p.position
    on conflict (tenant_id, dedup_hash) do nothing
    returning e.id, e.tenant_id, e.lane_key, e.ordinal
  )
  select array_agg(s.id order by s.ordinal), array_agg(s.tenant_id order by s.ordinal), array_agg(s.lane_key order by s.ordinal)
    into stored_ids, stored_tenants, stored_lanes from stored s;
  if stored_ids is null then
    return;
  end if;

  -- The lanes are locked by the statement above, so what this one reads is what the next caller will find.
  return query
  with stored as (
    select * from unnest(stored_ids, stored_tenants, stored_lanes) with ordinality as s (id, tenant_id, lane_key, position)
  ), fresh as (
    select s.tenant_id, s.lane_key, count(*)::integer as amount from stored s group by s.tenant_id, s.lane_key
  ), updated as (
    update lanes l set
      pending = l.pending + fresh.amount,
      ready_at = case when l.pending = 0 then p_now else l.ready_at end,
      epoch = case when p_lease_ms is not null and l.pending = 0 and coalesce(l.lease_until, p_now) <= p_now
        then l.epoch + 1 else l.epoch end,
      lease_until = case when p_lease_ms is not null and l.pending = 0 and coalesce(l.lease_until, p_now) <= p_now
        then p_now + make_interval(secs => p_lease_ms / 1000.0) else l.lease_until end
    from fresh where l.tenant_id = fresh.tenant_id and l.lane_key = fresh.lane_key
    returning l.tenant_id, l.lane_key, l.epoch,
      p_lease_ms is not null and l.pending = fresh.amount
        and l.lease_until = (p_now + make_interval(secs => p_lease_ms / 1000.0))::timestamptz(3) as granted
  )
  select s.id, s.tenant_id, s.lane_key, case when u.granted then u.epoch end
  from stored s join updated u using (tenant_id, lane_key) order by s.position;

  select p_lease_ms is null or exists (
    select from unnest(stored_tenants, stored_lanes) as s (tenant_id, lane_key)
    join lanes l on l.tenant_id = s.tenant_id and l.lane_key = s.lane_key where l.lease_until is null
  ) into left_waiting;
  if left_waiting then
    perform pg_notify('auronx_wake', 'lanes');
  end if;
end
$$;

create function count_refused(p_app text, p_number text, p_reason text, p_at timestamptz, p_count bigint) returns void
language sql security definer set search_path from current as $$
  insert into inbox_refused as r (app_id, phone_number_id, reason, count, first_at, last_at)
  values (p_app, p_number, p_reason, p_count, p_at, p_at)
  on conflict (app_id, phone_number_id, reason) do update set count = r.count + excluded.count, last_at = excluded.last_at
$$;

create function keep_unreadable(p_app text, p_body bytea, p_at timestamptz, p_keep_until timestamptz) returns void
language sql security definer set search_path from current as $$
  insert into inbox_unreadable (app_id, body, at, keep_until) values (p_app, p_body, p_at, p_keep_until)
$$;

create function prune_inbox(p_before timestamptz, p_limit integer) returns integer
language plpgsql security definer set search_path from current as $$
declare
  pruned integer;
begin
  delete from inbox_unreadable where keep_until < p_before;
  with old as (
    select tenant_id, id from inbox where state <> 'waiting' and done_at < p_before order by done_at limit p_limit
  )
  delete from inbox using old where inbox.tenant_id = old.tenant_id and inbox.id = old.id;
  get diagnostics pruned = row_count;
  return pruned;
end
$$;

-- A lane whose lease ran out lost its holder with the first event in hand: that counts as an attempt, so that an event
-- that kills its process ends as dead instead of for ever.
create function claim_lanes(p_now timestamptz, p_limit integer, p_lease_ms integer)
returns table (lane_tenant uuid, lane text, lane_epoch bigint, leased_until timestamptz)
language sql security definer set search_path from current as $$
  with expired as (
    select l.tenant_id, l.lane_key, l.ready_at from lanes l
    where l.lease_until <= p_now and l.pending > 0 order by l.lease_until limit p_limit for update skip locked
  ), ready as (
    select l.tenant_id, l.lane_key, l.ready_at from lanes l
    where l.pending > 0 and l.lease_until is null and l.ready_at <= p_now
    order by l.ready_at limit p_limit for update skip locked
  ), crashed as (
    update inbox e set attempts = e.attempts + 1
    from expired, lateral (
      select w.id from inbox w where w.tenant_id = expired.tenant_id and w.lane_key = expired.lane_key
        and w.state = 'waiting' order by w.ordinal limit 1
    ) head
    where e.tenant_id = expired.tenant_id and e.id = head.id
  ), chosen as (
    select * from (select * from expired union all select * from ready) both_kinds order by ready_at limit p_limit
  )
  update lanes l set epoch = l.epoch + 1, lease_until = p_now + make_interval(secs => p_lease_ms / 1000.0)
  from chosen where l.tenant_id = chosen.tenant_id and l.lane_key = chosen.lane_key
  returning l.tenant_id, l.lane_key, l.epoch, l.lease_until
$$;

create function release_lanes(p_tenants uuid[], p_lanes text[], p_epochs bigint[], p_now timestamptz) returns void
language sql security definer set search_path from current as $$
  update lanes l set lease_until = null, ready_at = p_now
  from (select * from unnest(p_tenants, p_lanes, p_epochs) as g (tenant_id, lane_key, epoch)
        order by g.tenant_id, g.lane_key) held
  where l.tenant_id = held.tenant_id and l.lane_key = held.lane_key and l.epoch = held.epoch
$$;

create function extend_lane(p_tenant uuid, p_lane text, p_epoch bigint, p_until timestamptz) returns boolean
language sql security definer set search_path from current as $$
  with extended as (
    update lanes set lease_until = p_until
    where tenant_id = p_tenant and lane_key = p_lane and epoch = p_epoch and lease_until is not null returning 1
  ) select exists (select from extended)
$$;

create function next_lane_due() returns timestamptz
language sql stable security definer set search_path from current as $$
  select least(
    (select min(ready_at) from lanes where pending > 0 and lease_until is null),
    (select min(lease_until) from lanes where lease_until is not null and pending > 0))
$$;

-- Runs inside the tenant's transaction; refuses to speak for another tenant than the one that is set.
create function settle_event(
  p_tenant uuid, p_lane text, p_epoch bigint, p_event uuid, p_state text, p_trace jsonb, p_error text,
  p_at timestamptz, p_retry_at timestamptz, p_release boolean
) returns boolean
language plpgsql security definer set search_path from current as $$
declare
  released boolean;
begin
  if p_tenant is distinct from nullif(current_setting('auronx.tenant_id', true), '')::uuid then
    raise exception 'tenant mismatch' using errcode = 'AX001';
  end if;
  update lanes set
    pending = pending - case when p_retry_at is null then 1 else 0 end,
    ready_at = coalesce(p_retry_at, ready_at),
    lease_until = case when p_retry_at is not null or (p_release and pending = 1) then null else lease_until end
  where tenant_id = p_tenant and lane_key = p_lane and epoch = p_epoch and lease_until is not null
  returning lease_until is null into released;
  if not found then
    raise exception 'stale lane grant' using errcode = 'AX001';
  end if;
  update inbox set
    state = case when p_retry_at is null then p_state else state end,
    attempts = attempts + case when p_state = 'done' then 0 else 1 end,
    error_code = p_error, trace = p_trace,
    done_at = case when p_retry_at is null then p_at end
  where tenant_id = p_tenant and id = p_event and state = 'waiting';
  if not found then
    raise exception 'event is not waiting' using errcode = 'AX001';
  end if;
  -- A statement of its own, because this role may drop a payload but not read one.
  if p_state = 'done' then
    update inbox set payload = null where tenant_id = p_tenant and id = p_event;
  end if;
  return released;
end
$$;

create function replay_event(p_tenant uuid, p_event uuid, p_at timestamptz) returns boolean
language plpgsql security definer set search_path from current as $$
declare
  lane text;
begin
  if p_tenant is distinct from nullif(current_setting('auronx.tenant_id', true), '')::uuid then
    return false;
  end if;
  update inbox set state = 'waiting', attempts = 0, done_at = null
  where tenant_id = p_tenant and id = p_event and state = 'dead' returning lane_key into lane;
  if not found then
    return false;
  end if;
  update lanes set pending = pending + 1, ready_at = p_at where tenant_id = p_tenant and lane_key = lane;
  perform pg_notify('auronx_wake', 'lanes');
  return true;
end
$$;

create function claim_jobs(p_now timestamptz, p_limit integer, p_lease_ms integer)
returns table (job_tenant uuid, job_id uuid, job_epoch bigint, job_attempts integer)
language sql security definer set search_path from current as $$
  with due as (
    select j.tenant_id, j.id from jobs j
    where j.state = 'waiting' and j.run_at <= p_now and coalesce(j.lease_until, p_now) <= p_now
    order by j.run_at limit p_limit for update skip locked
  )
  update jobs j set epoch = j.epoch + 1, lease_until = p_now + make_interval(secs => p_lease_ms / 1000.0),
    attempts = j.attempts + case when j.lease_until is null then 0 else 1 end
  from due where j.tenant_id = due.tenant_id and j.id = due.id
  returning j.tenant_id, j.id, j.epoch, j.attempts
$$;

create function next_job_due() returns timestamptz
language sql stable security definer set search_path from current as $$
  select min(greatest(run_at, coalesce(lease_until, run_at))) from jobs where state = 'waiting'
$$;

create function claim_outbox(p_now timestamptz, p_limit integer, p_lease_ms integer)
returns table (intent_tenant uuid, intent_id uuid)
language sql security definer set search_path from current as $$
  with due as (
    select o.tenant_id, o.id from outbox o
    where o.state = 'queued' and o.due_at <= p_now
      and not exists (
        select from outbox e where e.tenant_id = o.tenant_id and e.conversation_id = o.conversation_id
          and e.sequence < o.sequence and e.state in ('queued', 'sending'))
      and not exists (
        select from channels c where c.tenant_id = o.tenant_id and c.id = o.channel_id and c.status = 'stopped')
    order by o.due_at limit p_limit for update of o skip locked
  )
  update outbox o set state = 'sending', attempts = o.attempts + 1, updated_at = p_now,
    lease_until = p_now + make_interval(secs => p_lease_ms / 1000.0)
  from due where o.tenant_id = due.tenant_id and o.id = due.id
  returning o.tenant_id, o.id
$$;

create function recover_outbox(p_now timestamptz, p_park_after_ms bigint, p_limit integer)
returns table (became_unknown integer, became_parked integer)
language sql security definer set search_path from current as $$
  with lost as (
    select o.tenant_id, o.id from outbox o where o.state = 'sending' and o.lease_until <= p_now
    order by o.lease_until limit p_limit for update skip locked
  ), doubtful as (
    update outbox o set state = 'unknown', unknown_since = p_now, lease_until = null, updated_at = p_now
    from lost where o.tenant_id = lost.tenant_id and o.id = lost.id returning 1
  ), silent as (
    select o.tenant_id, o.id from outbox o
    where o.state = 'unknown' and o.unknown_since <= p_now - make_interval(secs => p_park_after_ms / 1000.0)
    order by o.unknown_since limit p_limit for update skip locked
  ), parked as (
    update outbox o set state = 'parked', updated_at = p_now
    from silent where o.tenant_id = silent.tenant_id and o.id = silent.id returning 1
  )
  select (select count(*)::integer from doubtful), (select count(*)::integer from parked)
$$;

create function next_outbox_due(p_park_after_ms bigint) returns timestamptz
language sql stable security definer set search_path from current as $$
  select least(
    (select min(due_at) from outbox where state = 'queued'),
    (select min(lease_until) from outbox where state = 'sending'),
    (select min(unknown_since) + make_interval(secs => p_park_after_ms / 1000.0) from outbox where state = 'unknown'))
$$;

select own_function('accept_events', '__ingest__');
select own_function('count_refused', '__ingest__');
select own_function('keep_unreadable', '__ingest__');
select own_function('prune_inbox', '__ingest__');
select own_function('claim_lanes', '__dispatch__');
select own_function('release_lanes', '__dispatch__');
select own_function('extend_lane', '__dispatch__');
select own_function('next_lane_due', '__dispatch__');
select own_function('settle_event', '__dispatch__');
select own_function('replay_event', '__dispatch__');
select own_function('claim_jobs', '__dispatch__');
select own_function('next_job_due', '__dispatch__');
select own_function('claim_outbox', '__dispatch__');
select own_function('recover_outbox', '__dispatch__');
select own_function('next_outbox_due', '__dispatch__');
