-- Usage data. Creates tables only: no lock on existing data, done in milliseconds.

-- One use of a page or feature. Who it was stands there as a keyed digest only, so there is no foreign key to members.
create table usage_events (
  tenant_id uuid not null references tenants (tenant_id),
  at timestamptz(3) not null,
  id bigint generated always as identity,
  name text not null check (length(name) between 1 and 60),
  pseudonym text not null check (pseudonym ~ '^[0-9a-f]{64}$'),
  primary key (tenant_id, at, id)
);
create index usage_events_pseudonym on usage_events (tenant_id, pseudonym);
create index usage_events_old on usage_events (at);
select protect_tenant_table('usage_events');
revoke update on usage_events from __app__;
create policy lookup_all on usage_events for select to __lookup__ using (true);
grant select (tenant_id, at) on usage_events to __lookup__;

create table usage_totals (
  tenant_id uuid not null references tenants (tenant_id),
  month text not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  name text not null,
  uses bigint not null check (uses > 0),
  people bigint not null check (people > 0),
  primary key (tenant_id, month, name)
);
select protect_tenant_table('usage_totals');

-- An objection outlives the membership, so that it still holds when the same member is let in again.
create table usage_objections (
  tenant_id uuid not null references tenants (tenant_id),
  member_id uuid not null,
  objected_at timestamptz(3) not null,
  primary key (tenant_id, member_id)
);
select protect_tenant_table('usage_objections');

-- The key of a tenant's pseudonyms, sealed. One that cannot be opened any more is replaced, so nothing refers to the key
-- that it is sealed under.
create table usage_keys (
  tenant_id uuid primary key references tenants (tenant_id),
  sealed bytea not null
);
select protect_tenant_table('usage_keys');

-- The directory answers which tenants have events that are due to become totals.
create function usage_due(p_before timestamptz, p_limit integer) returns table (tenant_id uuid)
language sql stable security definer set search_path from current as $$
  select distinct e.tenant_id from usage_events e where e.at < p_before order by e.tenant_id limit p_limit
$$;
select own_function('usage_due', '__lookup__');
