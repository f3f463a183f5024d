-- Turns of the assistant and what they spent. Creates tables only: no lock on existing data, done in milliseconds.
--
-- record carries codes, counts, handles and digests; what people wrote stays in messages.

create table assistant_turns (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  contact_id uuid not null,
  channel_id uuid not null,
  state text not null check (state in ('waiting', 'thinking', 'done')),
  message_ids uuid[] not null check (cardinality(message_ids) > 0),
  first_at timestamptz(3) not null,
  event_id uuid,
  due_at timestamptz(3) not null,
  lease_until timestamptz(3),
  outcome text check (outcome in ('answered', 'handed_off', 'menus', 'superseded', 'person_owns', 'person_answered',
    'resolved', 'blocked', 'window_closed')),
  disclosed boolean not null,
  record jsonb,
  finished_at timestamptz(3),
  version integer not null check (version > 0),
  primary key (tenant_id, id),
  foreign key (tenant_id, conversation_id) references conversations (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  check ((state = 'thinking') = (lease_until is not null)),
  check ((state = 'done') = (outcome is not null)),
  check ((state = 'done') = (finished_at is not null))
);
create unique index assistant_turns_one_open on assistant_turns (tenant_id, conversation_id) where state <> 'done';
create index assistant_turns_conversation on assistant_turns (tenant_id, conversation_id, id);
create index assistant_turns_contact on assistant_turns (tenant_id, contact_id);
create index assistant_turns_event on assistant_turns (tenant_id, event_id) where event_id is not null;
select protect_tenant_table('assistant_turns');

-- subject_id is a contact with a day, or the tenant itself with a month. No foreign key, because it names either; a
-- contact's rows are ids and counts, and go with retention.
create table assistant_spend (
  tenant_id uuid not null references tenants (tenant_id),
  subject_id uuid not null,
  period text not null check (period ~ '^\d{4}-\d{2}(-\d{2})?$'),
  turns integer not null check (turns >= 0),
  tokens bigint not null check (tokens >= 0),
  cost_micros bigint not null check (cost_micros >= 0),
  primary key (tenant_id, subject_id, period)
);
select protect_tenant_table('assistant_spend');
