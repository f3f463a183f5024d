-- What waits in the queue, by customer: for lists of agents who see only their own and the queue. Takes a lock that stops writes to
-- conversations until the migrations commit; few of them wait, so this takes about a second for a million of them.

create index conversations_queued on conversations (tenant_id, contact_id) where owner = 'queue';
