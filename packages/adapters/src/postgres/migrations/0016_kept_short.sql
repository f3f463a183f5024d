-- Indexes for what is looked for among the dead and the old. Each locks its table against writes until the migrations commit: at most
-- seconds, because jobs are deleted when they are done and assistant_spend has a row per contact and day.

create index jobs_dead on jobs (tenant_id, id) where state = 'dead';
create index assistant_spend_period on assistant_spend (tenant_id, period);
