-- Catalog, prices, stock, orders, numbers, action tokens. Creates tables and one trigger function: no lock on existing
-- data except a short one on contacts for its trigger, done in milliseconds.

create table tax_categories (
  tenant_id uuid not null references tenants (tenant_id),
  code text not null check (code <> ''),
  category text not null check (category in ('S', 'Z', 'E', 'AE', 'O')),
  rate integer not null check (rate >= 0),
  primary key (tenant_id, code)
);
select protect_tenant_table('tax_categories');

create table products (
  tenant_id uuid not null references tenants (tenant_id),
  id uuid not null,
  title text not null check (title <> ''),
  description text,
  status text not null check (status in ('draft', 'active', 'archived')),
  position integer not null check (position >= 0),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null check (version > 0),
  primary key (tenant_id, id)
);
create index products_place on products (tenant_id, position) where status = 'active';
select protect_tenant_table('products');

create table variants (
  tenant_id uuid not null,
  id uuid not null,
  product_id uuid not null,
  -- Place among the variants of the product.
  place integer not null,
  sku text not null check (sku <> ''),
  title text,
  unit_code text not null check (unit_code in ('C62', 'KGM', 'LTR', 'MTR', 'HUR', 'DAY')),
  tax_code text not null,
  status text not null check (status in ('active', 'archived')),
  max_per_order bigint check (max_per_order > 0),
  primary key (tenant_id, id),
  constraint variants_sku unique (tenant_id, sku),
  constraint variants_tax foreign key (tenant_id, tax_code) references tax_categories (tenant_id, code),
  foreign key (tenant_id, product_id) references products (tenant_id, id)
);
create index variants_product on variants (tenant_id, product_id, place);
create index variants_tax_code on variants (tenant_id, tax_code);
select protect_tenant_table('variants');

-- Prices of one variant, currency and quantity form a chain: each row follows the end of exactly one row before it, and
-- only one row follows none. So no two of them can share an instant, whoever writes at the same time.
create table prices (
  tenant_id uuid not null,
  id uuid not null,
  variant_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  min_quantity bigint not null check (min_quantity >= 0),
  amount bigint not null check (amount between 0 and 9007199254740991),
  tax_behavior text not null check (tax_behavior in ('inclusive', 'exclusive')),
  valid_from timestamptz(3) not null,
  valid_to timestamptz(3),
  follows timestamptz(3),
  primary key (tenant_id, id),
  constraint prices_end unique (tenant_id, variant_id, currency, min_quantity, valid_to),
  constraint prices_follow unique nulls not distinct (tenant_id, variant_id, currency, min_quantity, follows),
  constraint prices_chain foreign key (tenant_id, variant_id, currency, min_quantity, follows)
    references prices (tenant_id, variant_id, currency, min_quantity, valid_to),
  constraint prices_order check (follows <= valid_from and valid_from < valid_to),
  foreign key (tenant_id, variant_id) references variants (tenant_id, id)
);
select protect_tenant_table('prices');
revoke delete on prices from __app__;

create table stock_items (
  tenant_id uuid not null,
  variant_id uuid not null,
  on_hand bigint not null,
  reserved bigint not null,
  policy text not null check (policy in ('deny', 'backorder', 'untracked')),
  version integer not null check (version > 0),
  primary key (tenant_id, variant_id),
  constraint stock_items_not_negative check (on_hand >= 0 and reserved >= 0),
  constraint stock_items_deny check (policy <> 'deny' or reserved <= on_hand),
  foreign key (tenant_id, variant_id) references variants (tenant_id, id)
);
select protect_tenant_table('stock_items');

create table reservations (
  tenant_id uuid not null,
  owner_id text not null,
  variant_id uuid not null,
  quantity bigint not null check (quantity > 0),
  state text not null check (state in ('held', 'committed', 'released')),
  expires_at timestamptz(3),
  primary key (tenant_id, owner_id, variant_id),
  foreign key (tenant_id, variant_id) references stock_items (tenant_id, variant_id)
);
create index reservations_held on reservations (tenant_id, variant_id, expires_at) where state = 'held';
create index reservations_variant on reservations (tenant_id, variant_id);
select protect_tenant_table('reservations');

create table stock_movements (
  tenant_id uuid not null,
  variant_id uuid not null,
  sequence integer not null,
  delta bigint not null,
  reason text not null check (reason in ('receipt', 'count', 'correction')),
  on_hand bigint not null,
  at timestamptz(3) not null,
  primary key (tenant_id, variant_id, sequence),
  foreign key (tenant_id, variant_id) references stock_items (tenant_id, variant_id)
);
select protect_tenant_table('stock_movements');
revoke update, delete on stock_movements from __app__;

create table orders (
  tenant_id uuid not null,
  id uuid not null,
  ref text not null check (ref ~ '^[2-9A-HJ-NP-Z]{8}$'),
  number text,
  contact_id uuid not null,
  conversation_id uuid,
  status text not null check (status in ('draft', 'awaiting_customer', 'confirmed', 'cancelled', 'expired')),
  revision integer not null check (revision >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  tax_rounding text not null check (tax_rounding in ('rate-group', 'line')),
  subtotal bigint not null,
  discount_total bigint not null check (discount_total >= 0),
  base_total bigint not null,
  tax_total bigint not null,
  total bigint not null check (total between -9007199254740991 and 9007199254740991),
  cash_rounding bigint not null,
  payable bigint not null,
  content_hash text,
  confirm_by timestamptz(3),
  confirmed_at timestamptz(3),
  confirmed_by text check (confirmed_by in ('customer', 'staff')),
  evidence_kind text check (evidence_kind in ('message', 'action_token', 'request', 'verbal')),
  evidence_id text,
  ended_at timestamptz(3),
  end_reason text,
  cart_key text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null check (version > 0),
  primary key (tenant_id, id),
  constraint orders_ref unique (tenant_id, ref),
  constraint orders_number unique (tenant_id, number),
  constraint orders_cart unique (tenant_id, cart_key),
  constraint orders_add_up check (total = base_total + tax_total and payable = total + cash_rounding),
  constraint orders_proposal check (
    status <> 'awaiting_customer' or (content_hash is not null and confirm_by is not null)),
  constraint orders_evidence check (
    status <> 'confirmed' or (number is not null and confirmed_at is not null and confirmed_by is not null
      and evidence_kind is not null and evidence_id is not null)),
  constraint orders_ended check ((status in ('cancelled', 'expired')) = (ended_at is not null)),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id)
);
create unique index orders_one_draft on orders (tenant_id, contact_id) where status = 'draft';
create index orders_open on orders (tenant_id, contact_id, id) where status in ('draft', 'awaiting_customer');
create index orders_of_contact on orders (tenant_id, contact_id, id);
create index orders_by_status on orders (tenant_id, status, id);
select protect_tenant_table('orders');
revoke delete on orders from __app__;

-- Variants, products and prices are named by id without a foreign key: a line is a copy that outlives the catalog.
create table order_lines (
  tenant_id uuid not null,
  order_id uuid not null,
  position integer not null,
  variant_id uuid not null,
  product_id uuid not null,
  price_id uuid not null,
  sku text not null,
  title text not null,
  unit_code text not null,
  quantity bigint not null check (quantity > 0),
  unit_amount bigint not null,
  tax_category text not null,
  tax_rate integer not null check (tax_rate >= 0),
  tax_behavior text not null check (tax_behavior in ('inclusive', 'exclusive')),
  gross bigint not null,
  discount bigint not null check (discount >= 0),
  document_discount bigint not null check (document_discount >= 0),
  net bigint not null,
  base bigint not null,
  tax bigint not null,
  total bigint not null,
  primary key (tenant_id, order_id, position),
  constraint order_lines_add_up check (total = base + tax and net = gross - discount - document_discount),
  foreign key (tenant_id, order_id) references orders (tenant_id, id)
);
select protect_tenant_table('order_lines');

create table counters (
  tenant_id uuid not null references tenants (tenant_id),
  kind text not null,
  period text not null,
  value bigint not null check (value > 0),
  primary key (tenant_id, kind, period)
);
select protect_tenant_table('counters');
revoke delete on counters from __app__;

create table action_tokens (
  tenant_id uuid not null,
  token_hash text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  command text not null check (command in ('confirm', 'cancel', 'edit', 'open')),
  order_id uuid not null,
  contact_id uuid not null,
  revision integer not null,
  content_hash text not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  result jsonb,
  voided_at timestamptz(3),
  primary key (tenant_id, token_hash),
  constraint action_tokens_result check ((used_at is null) = (result is null)),
  foreign key (tenant_id, order_id) references orders (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id)
);
create index action_tokens_order on action_tokens (tenant_id, order_id);
create index action_tokens_contact on action_tokens (tenant_id, contact_id);
select protect_tenant_table('action_tokens');

-- The directory answers one question before a tenant is known: whose link is this?
create table action_directory (
  token_hash text primary key,
  tenant_id uuid not null,
  foreign key (tenant_id, token_hash) references action_tokens (tenant_id, token_hash) on delete cascade
);
create index action_directory_token on action_directory (tenant_id, token_hash);
alter table action_directory enable row level security;
alter table action_directory force row level security;
create policy lookup_all on action_directory for select to __lookup__ using (true);
create policy tenant_only on action_directory for all to __app__
  using (tenant_id = (select nullif(current_setting('auronx.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('auronx.tenant_id', true), '')::uuid));
grant select on action_directory to __lookup__;
grant select, insert, delete on action_directory to __app__;

create function action_tenant(p_token_hash text) returns uuid
language sql stable security definer set search_path from current as $$
  select d.tenant_id from action_directory d where d.token_hash = p_token_hash
$$;
select own_function('action_tenant', '__lookup__');

-- A merge of contacts takes their orders along. A second draft stays behind: the survivor keeps its own.
create function orders_follow_merge() returns trigger language plpgsql set search_path from current as $$
begin
  update orders o set contact_id = new.merged_into_id
  where o.tenant_id = new.tenant_id and o.contact_id = new.id
    and not (o.status = 'draft' and exists (
      select from orders d where d.tenant_id = o.tenant_id and d.contact_id = new.merged_into_id and d.status = 'draft'));
  update action_tokens set contact_id = new.merged_into_id
  where tenant_id = new.tenant_id and contact_id = new.id;
  return null;
end
$$;
create trigger orders_follow_merge after update of merged_into_id on contacts
  for each row when (new.merged_into_id is distinct from old.merged_into_id and new.merged_into_id is not null)
  execute function orders_follow_merge();
