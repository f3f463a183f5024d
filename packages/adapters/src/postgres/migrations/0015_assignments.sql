-- What a member holds: for lists of agents who see only that, and for giving it back when the member leaves. Takes a lock
-- that stops writes to conversations until the migrations commit; it holds only conversations that a person took over, so this
-- takes about a second for a million of them.

create index conversations_held on conversations (tenant_id, assignee_id, last_message_at desc, id desc)
  where assignee_id is not null;
