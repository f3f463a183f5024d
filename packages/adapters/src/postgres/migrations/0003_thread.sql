-- Contacts, their identities and merges, conversations, messages. Creates tables only: no lock on existing data, done in
-- milliseconds.
--
-- Personal values stand in contacts.display_name, contact_identities.value, conversations.preview, messages.content and
-- messages.provider_message_id (which embeds a phone number), and nowhere else.

create table contacts (
  tenant_id uuid not null references tenants (tenant_id),
  id uuid not null,
  display_name text,
  locale text check (locale in ('en', 'es', 'pt', 'ar')),
  merged_into_id uuid check (merged_into_id <> id),
  blocked_at timestamptz(3),
  identity_changed_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null check (version > 0),
  primary key (tenant_id, id),
  foreign key (tenant_id, merged_into_id) references contacts (tenant_id, id)
);
create index contacts_merged on contacts (tenant_id, merged_into_id) where merged_into_id is not null;
select protect_tenant_table('contacts');

create table contact_identities (
  tenant_id uuid not null,
  kind text not null
    check (kind in ('wa_phone', 'wa_bsuid', 'wa_parent_bsuid', 'wa_username', 'email', 'external')),
  scope text not null,
  value text not null check (value <> ''),
  contact_id uuid not null,
  -- The order in which identities were learned.
  position bigint generated always as identity,
  primary key (tenant_id, kind, scope, value),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade
);
create index contact_identities_contact on contact_identities (tenant_id, contact_id, position);
select protect_tenant_table('contact_identities');

create table contact_merges (
  tenant_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  at timestamptz(3) not null,
  primary key (tenant_id, from_id),
  foreign key (tenant_id, from_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, to_id) references contacts (tenant_id, id) on delete cascade
);
create index contact_merges_to on contact_merges (tenant_id, to_id);
select protect_tenant_table('contact_merges');

-- A conversation is the retention segment: it expires 24 calendar months (UTC) after the customer's last event.
create table conversations (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel_id uuid not null,
  owner text not null check (owner in ('ai', 'queue', 'human')),
  assignee_id text,
  owner_epoch integer not null check (owner_epoch > 0),
  status text not null check (status in ('open', 'resolved')),
  resolved_at timestamptz(3),
  last_inbound_at timestamptz(3),
  last_inbound_message_id uuid,
  window_expires_at timestamptz(3),
  last_interaction_at timestamptz(3) not null,
  expires_at timestamptz(3) not null generated always as
    (((last_interaction_at at time zone 'UTC') + interval '24 months') at time zone 'UTC') stored,
  last_message_at timestamptz(3) not null,
  preview text not null,
  unread_count integer not null check (unread_count >= 0),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null check (version > 0),
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id),
  check ((status = 'resolved') = (resolved_at is not null))
);
create unique index conversations_one_open on conversations (tenant_id, contact_id, channel_id) where status = 'open';
create index conversations_latest on conversations (tenant_id, contact_id, channel_id, created_at desc, id desc);
create index conversations_newest on conversations (tenant_id, last_message_at desc, id desc);
create index conversations_by_status on conversations (tenant_id, status, last_message_at desc, id desc);
create index conversations_expiry on conversations (tenant_id, expires_at);
select protect_tenant_table('conversations');

-- Contact and number stand here as well, so that a thread is one index scan over all its conversations.
create table messages (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  contact_id uuid not null,
  channel_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  author text not null check (author in ('customer', 'menu', 'ai', 'staff', 'phone', 'system')),
  -- json, not jsonb: customers may send NUL characters, which jsonb refuses.
  content json not null,
  provider_message_id text,
  event_id uuid,
  outbox_id uuid,
  at timestamptz(3) not null,
  primary key (tenant_id, id),
  constraint messages_once unique (tenant_id, channel_id, provider_message_id),
  foreign key (tenant_id, conversation_id) references conversations (tenant_id, id) on delete cascade
);
create index messages_thread on messages (tenant_id, contact_id, channel_id, at desc, id desc);
create index messages_conversation on messages (tenant_id, conversation_id);
select protect_tenant_table('messages');
