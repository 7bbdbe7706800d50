-- The tables that every workspace has besides its objects. {schema} is the workspace's schema.
-- Members are uuids without a foreign key here: a member is never deleted, only disabled.

create table {schema}.batch (
  id uuid primary key,
  at timestamptz not null,
  actor uuid,
  channel text not null,
  object text not null,
  action text not null,
  source text not null,
  rows integer not null default 0,
  note jsonb,
  undone_at timestamptz,
  undone_by uuid
);

create table {schema}.event (
  id uuid primary key,
  at timestamptz not null,
  actor uuid,
  channel text not null,
  object text not null,
  record uuid not null,
  kind text not null,
  batch uuid,
  changes jsonb,
  about jsonb
);
create index event_record on {schema}.event (record, id);
create index event_batch on {schema}.event (batch) where batch is not null;

create table {schema}.claim (
  kind text not null,
  key text not null,
  object text not null,
  record uuid not null,
  party uuid not null,
  primary key (kind, key)
);
create index claim_record on {schema}.claim (record);

create table {schema}.share (
  member uuid not null,
  object text not null,
  record uuid not null,
  level text not null check (level in ('read', 'write')),
  via text not null,
  since timestamptz not null,
  primary key (member, object, record)
);
create index share_record on {schema}.share (record);

create table {schema}.span (
  id uuid primary key,
  object text not null,
  record uuid not null,
  process text not null,
  stage text not null,
  holder uuid not null,
  role text,
  department uuid,
  entered timestamptz not null,
  due timestamptz,
  warn_at timestamptz,
  warned_at timestamptz,
  breached_at timestamptz,
  left_at timestamptz,
  working_seconds bigint,
  left_to text,
  handoff uuid
);
create unique index span_one_holder on {schema}.span (record) where left_at is null;
create index span_record on {schema}.span (record, entered);
create index span_stage on {schema}.span (process, stage, entered);
create index span_holder on {schema}.span (holder, entered);
create index span_warn on {schema}.span (warn_at) where left_at is null and warned_at is null;
create index span_due on {schema}.span (due) where left_at is null and breached_at is null;

create table {schema}.handoff (
  id uuid primary key,
  object text not null,
  record uuid not null,
  process text not null,
  stage text not null,
  to_stage text,
  sender uuid not null,
  receiver uuid not null,
  role text,
  state text not null check (state in ('offered', 'accepted', 'returned', 'expired', 'withdrawn')),
  offered_at timestamptz not null,
  due timestamptz,
  warned_at timestamptz,
  answered_at timestamptz,
  answered_by uuid,
  working_seconds bigint,
  message text,
  reason text,
  missing jsonb,
  package jsonb not null,
  automatic boolean not null default false
);
create unique index handoff_one_open on {schema}.handoff (record) where state = 'offered';
create index handoff_receiver on {schema}.handoff (receiver, state, id desc);
create index handoff_sender on {schema}.handoff (sender, state, id desc);
create index handoff_record on {schema}.handoff (record, id);
create index handoff_due on {schema}.handoff (due) where state = 'offered';

create table {schema}.deliverable (
  record uuid not null,
  stage text not null,
  key text not null,
  object text not null,
  by uuid,
  at timestamptz not null,
  primary key (record, stage, key)
);

create table {schema}.comment (
  id uuid primary key,
  object text not null,
  record uuid not null,
  author uuid not null,
  at timestamptz not null,
  text text not null,
  mentions uuid[] not null default '{{}}',
  deleted_at timestamptz
);
create index comment_record on {schema}.comment (record, id);

create table {schema}.file (
  id uuid primary key,
  object text not null,
  record uuid,
  field text,
  deliverable text,
  name text not null,
  size bigint not null,
  type text not null,
  sha256 text not null,
  storage text not null,
  by uuid not null,
  at timestamptz not null,
  deleted_at timestamptz
);
create index file_record on {schema}.file (record);

create table {schema}.notification (
  id uuid primary key,
  member uuid not null,
  at timestamptz not null,
  kind text not null,
  object text,
  record uuid,
  about jsonb not null default '{{}}',
  read_at timestamptz
);
create index notification_member on {schema}.notification (member, id desc);
create index notification_unread on {schema}.notification (member) where read_at is null;

create table {schema}.assignment (
  id uuid primary key,
  at timestamptz not null,
  object text not null,
  record uuid not null,
  version integer not null,
  rule text,
  chosen uuid,
  why jsonb not null,
  batch uuid
);
create index assignment_record on {schema}.assignment (record);

create table {schema}.rotation (
  object text not null,
  rule text not null,
  last uuid not null,
  primary key (object, rule)
);

create table {schema}.counter (
  object text not null,
  field text not null,
  period text not null,
  value bigint not null,
  primary key (object, field, period)
);

create table {schema}.import_run (
  id uuid primary key,
  at timestamptz not null,
  by uuid,
  object text not null,
  file_name text not null,
  storage text not null,
  state text not null
    check (state in ('draft', 'checking', 'running', 'done', 'failed', 'cancelled', 'undone')),
  settings jsonb not null default '{{}}',
  done integer not null default 0,
  total integer not null default 0,
  starts integer not null default 0,
  checked jsonb,
  result jsonb,
  error jsonb,
  batch uuid,
  cancelled boolean not null default false,
  started_at timestamptz,
  finished_at timestamptz
);

create table {schema}.saved_view (
  id uuid primary key,
  object text not null,
  label jsonb not null,
  owner uuid not null,
  shared boolean not null default false,
  conditions jsonb not null default '{{}}',
  sort jsonb not null default '[]',
  columns jsonb not null default '[]',
  at timestamptz not null
);
create index saved_view_object on {schema}.saved_view (object);

create table {schema}.idempotency (
  actor uuid not null,
  key text not null,
  request text not null,
  status integer not null,
  response text not null,
  at timestamptz not null,
  primary key (actor, key)
);

create table {schema}.calendar_day (
  day date primary key,
  kind text not null check (kind in ('holiday', 'workday')),
  note text
);
