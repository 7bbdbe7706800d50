create table jieli.account (
  id uuid primary key,
  login text not null constraint account_login_key unique,
  name text not null,
  password_hash text,
  language text not null default 'zh' constraint account_language_check check (language in ('zh', 'en')),
  time_zone text not null default 'Asia/Shanghai',
  disabled boolean not null default false,
  created_at timestamptz not null default now(),
  failed_logins integer not null default 0,
  locked_until timestamptz,
  must_change_password boolean not null default false,
  is_operator boolean not null default false
);

create table jieli.workspace (
  slug text primary key constraint workspace_slug_check check (slug ~ '^[a-z][a-z0-9_]{1,39}$'),
  schema text not null constraint workspace_schema_key unique,
  label jsonb not null,
  created_at timestamptz not null default now(),
  blueprint_version integer not null default 0
);

create table jieli.blueprint_version (
  workspace text not null constraint blueprint_version_workspace_fkey
    references jieli.workspace on delete cascade,
  version integer not null,
  document jsonb not null,
  author uuid constraint blueprint_version_author_fkey references jieli.account on delete set null,
  created_at timestamptz not null default now(),
  note text not null default '',
  plan jsonb not null default '[]',
  primary key (workspace, version)
);

create table jieli.membership (
  account uuid not null constraint membership_account_fkey references jieli.account on delete cascade,
  workspace text not null constraint membership_workspace_fkey references jieli.workspace on delete cascade,
  member uuid not null,
  primary key (account, workspace),
  constraint membership_member_key unique (workspace, member)
);

create table jieli.session (
  token_hash bytea primary key,
  account uuid not null constraint session_account_fkey references jieli.account on delete cascade,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  user_agent text not null default '',
  address text not null default ''
);

create index session_account on jieli.session (account);

create index session_expires_at on jieli.session (expires_at);

create table jieli.api_token (
  id uuid primary key,
  account uuid not null constraint api_token_account_fkey references jieli.account on delete cascade,
  workspace text not null constraint api_token_workspace_fkey references jieli.workspace on delete cascade,
  name text not null,
  token_hash bytea not null constraint api_token_token_hash_key unique,
  scopes text[] not null default '{}',
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz
);

create index api_token_account on jieli.api_token (account);

create table jieli.invite (
  token_hash bytea primary key,
  account uuid not null constraint invite_account_fkey references jieli.account on delete cascade,
  workspace text constraint invite_workspace_fkey references jieli.workspace on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

create index invite_account on jieli.invite (account);

create table jieli.sign_in (
  id uuid primary key,
  at timestamptz not null default now(),
  account uuid constraint sign_in_account_fkey references jieli.account on delete cascade,
  login text not null,
  address text not null default '',
  user_agent text not null default '',
  outcome text not null
);

create index sign_in_login on jieli.sign_in (login, at);

create index sign_in_account on jieli.sign_in (account, at);

create index sign_in_address on jieli.sign_in (address, at);
