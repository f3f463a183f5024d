-- People, their places in tenants, sessions and keys. Adds a column with a constant default to tenants, which locks that
-- table for an instant, and otherwise creates tables only: done in milliseconds.
--
-- Two worlds that never meet in one transaction: what belongs to a tenant (members, invitations, sessions, API keys) is
-- seen by __app__ with its tenant set; what belongs to no tenant (users, attempts to sign in, passkeys, signing keys) is
-- seen by __auth__, which sees nothing of any tenant. __lookup__ finds the tenant of a token, key or user, ids only.

alter table tenants add column status text not null default 'active'
  check (status in ('active', 'suspended', 'closing', 'closed'));

create function protect_identity_table(p_table text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', p_table);
  execute format('alter table %I force row level security', p_table);
  execute format('create policy auth_all on %I for all to __auth__ using (true) with check (true)', p_table);
  execute format('grant select, insert, update, delete on %I to __auth__', p_table);
end
$$;
revoke all on function protect_identity_table(text) from public;

create table users (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  phone text,
  locale text not null,
  status text not null check (status in ('active', 'disabled')),
  email_verified_at timestamptz(3),
  operator_role text check (operator_role in ('support', 'privacy_officer')),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null check (version > 0)
);
select protect_identity_table('users');

create table sign_in_attempts (
  id uuid primary key,
  browser_hash text not null unique,
  purpose text not null check (purpose in ('code', 'passkey', 'passkey_registration')),
  audience text not null check (audience in ('tenant', 'operator')),
  email text check (email = lower(email)),
  user_id uuid,
  locale text not null,
  secret_hash text not null,
  tries integer not null check (tries >= 0),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  verified_at timestamptz(3),
  used_at timestamptz(3)
);
create index sign_in_attempts_codes on sign_in_attempts (created_at) where purpose = 'code';
create index sign_in_attempts_email on sign_in_attempts (email, created_at) where purpose = 'code';
create index sign_in_attempts_expiry on sign_in_attempts (expires_at);
select protect_identity_table('sign_in_attempts');

create table passkeys (
  id text primary key,
  user_id uuid not null references users (id) on delete cascade,
  public_key bytea not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  name text not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3)
);
create index passkeys_user on passkeys (user_id);
select protect_identity_table('passkeys');

-- The platform's own people have sessions of their own, in no tenant and without tokens that renew themselves.
create table operator_sessions (
  token_hash text primary key,
  user_id uuid not null references users (id) on delete cascade,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index operator_sessions_user on operator_sessions (user_id);
select protect_identity_table('operator_sessions');

-- At most one key signs and one waits; those that retire still verify.
create table signing_keys (
  kid text primary key,
  state text not null check (state in ('next', 'active', 'retiring')),
  public_key text not null,
  sealed bytea not null,
  created_at timestamptz(3) not null,
  since timestamptz(3) not null
);
create unique index signing_keys_single on signing_keys (state) where state <> 'retiring';
select protect_identity_table('signing_keys');
-- A tenant transaction asserts that the key of its token is still trusted.
create policy app_trusts on signing_keys for select to __app__ using (true);
grant select (kid) on signing_keys to __app__;

create table members (
  tenant_id uuid not null references tenants (tenant_id),
  id uuid not null,
  user_id uuid not null,
  email text not null check (email = lower(email)),
  name text not null,
  role text not null check (role in ('owner', 'admin', 'agent', 'viewer')),
  status text not null check (status in ('active', 'suspended', 'removed')),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null check (version > 0),
  primary key (tenant_id, id)
);
create unique index members_user on members (tenant_id, user_id) where status <> 'removed';
create index members_owners on members (tenant_id, id) where role = 'owner' and status = 'active';
create index members_places on members (user_id) where status = 'active';
select protect_tenant_table('members');

create table invitations (
  tenant_id uuid not null,
  id uuid not null,
  email text not null check (email = lower(email)),
  role text not null check (role in ('owner', 'admin', 'agent', 'viewer')),
  token_hash text not null,
  invited_by uuid not null,
  status text not null check (status in ('pending', 'accepted', 'revoked')),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, invited_by) references members (tenant_id, id)
);
create unique index invitations_pending on invitations (tenant_id, email) where status = 'pending';
create unique index invitations_token on invitations (token_hash);
select protect_tenant_table('invitations');

create table sessions (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  member_id uuid not null,
  methods text[] not null,
  authenticated_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  idle_expires_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  version integer not null check (version > 0),
  revoked_at timestamptz(3),
  revoked_reason text,
  device text,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references members (tenant_id, id)
);
create index sessions_member on sessions (tenant_id, member_id);
create index sessions_user on sessions (tenant_id, user_id);
select protect_tenant_table('sessions');

create table refresh_tokens (
  tenant_id uuid not null,
  token_hash text not null,
  session_id uuid not null,
  created_at timestamptz(3) not null,
  used_at timestamptz(3),
  successor_salt text not null,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade
);
create index refresh_tokens_session on refresh_tokens (tenant_id, session_id);
create unique index refresh_tokens_hash on refresh_tokens (token_hash);
select protect_tenant_table('refresh_tokens');

create table api_keys (
  tenant_id uuid not null,
  id text not null,
  name text not null,
  scopes text[] not null,
  secret_hash text not null,
  previous_hash text,
  previous_until timestamptz(3),
  created_by uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id),
  check ((previous_hash is null) = (previous_until is null))
);
create unique index api_keys_id on api_keys (id);
select protect_tenant_table('api_keys');

create policy lookup_all on members for select to __lookup__ using (true);
grant select (tenant_id, id, user_id, role, status) on members to __lookup__;
create policy lookup_all on invitations for select to __lookup__ using (true);
grant select (tenant_id, token_hash) on invitations to __lookup__;
create policy lookup_all on refresh_tokens for select to __lookup__ using (true);
grant select (tenant_id, token_hash) on refresh_tokens to __lookup__;
create policy lookup_all on api_keys for select to __lookup__ using (true);
grant select (tenant_id, id) on api_keys to __lookup__;

create function user_memberships(p_user_id uuid) returns table (tenant_id uuid, member_id uuid, role text)
language sql stable security definer set search_path from current as $$
  select m.tenant_id, m.id, m.role from members m where m.user_id = p_user_id and m.status = 'active' order by m.id
$$;
create function invitation_tenant(p_token_hash text) returns uuid
language sql stable security definer set search_path from current as $$
  select i.tenant_id from invitations i where i.token_hash = p_token_hash
$$;
create function refresh_tenant(p_token_hash text) returns uuid
language sql stable security definer set search_path from current as $$
  select r.tenant_id from refresh_tokens r where r.token_hash = p_token_hash
$$;
create function api_key_tenant(p_id text) returns uuid
language sql stable security definer set search_path from current as $$
  select k.tenant_id from api_keys k where k.id = p_id
$$;
select own_function('user_memberships', '__lookup__');
select own_function('invitation_tenant', '__lookup__');
select own_function('refresh_tenant', '__lookup__');
select own_function('api_key_tenant', '__lookup__');

-- Second statement of a tenant transaction that belongs to a signed-in member: the session lives, nothing that the
-- request relies on changed since it was read, and the key of its token is trusted. Runs with the caller's rights.
create function assert_session(
  p_session uuid, p_version integer, p_member_version integer, p_kid text, p_now timestamptz
) returns void language plpgsql stable as $$
begin
  perform from sessions s
    join members m on m.tenant_id = s.tenant_id and m.id = s.member_id
    join tenants t on t.tenant_id = s.tenant_id
    where s.tenant_id = (select nullif(current_setting('auronx.tenant_id', true), '')::uuid) and s.id = p_session
      and s.version = p_version and s.revoked_at is null and s.idle_expires_at > p_now and s.expires_at > p_now
      and m.status = 'active' and m.version = p_member_version and t.status in ('active', 'closing')
      and exists (select from signing_keys k where k.kid = p_kid);
  if not found then raise exception 'the session is over' using errcode = 'AX004'; end if;
end
$$;
revoke all on function assert_session(uuid, integer, integer, text, timestamptz) from public;
grant execute on function assert_session(uuid, integer, integer, text, timestamptz) to __app__;
