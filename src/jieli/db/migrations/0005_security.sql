-- Signing in is one thing among several that are kept about an account. `origin` is what failures are counted by: a
-- browser that has been signed in here before, or else a network address.
alter table jieli.sign_in rename to account_event;

alter table jieli.account_event rename constraint sign_in_account_fkey to account_event_account_fkey;

alter index jieli.sign_in_pkey rename to account_event_pkey;

alter index jieli.sign_in_login rename to account_event_login;

alter index jieli.sign_in_account rename to account_event_account;

drop index jieli.sign_in_address;

alter table jieli.account_event add column kind text not null default 'sign_in';

alter table jieli.account_event add column origin text not null default '';

alter table jieli.account_event add column author uuid
  constraint account_event_author_fkey references jieli.account on delete set null;

alter table jieli.account_event add column workspace text;

alter table jieli.account_event add column about text not null default '';

create index account_event_origin on jieli.account_event (origin, at);

-- Failures are counted from the events, so that no stranger's attempts lock the account itself.
alter table jieli.account drop column failed_logins;

alter table jieli.account drop column locked_until;

-- The secret is sealed; it counts once it was confirmed. `totp_step` is the last period whose code was used.
alter table jieli.account add column totp_secret text;

alter table jieli.account add column totp_since timestamptz;

alter table jieli.account add column totp_step bigint not null default 0;

create table jieli.recovery_code (
  account uuid not null constraint recovery_code_account_fkey references jieli.account on delete cascade,
  code_hash bytea not null,
  primary key (account, code_hash)
);

create table jieli.device (
  token_hash bytea primary key,
  account uuid not null constraint device_account_fkey references jieli.account on delete cascade,
  seen_at timestamptz not null
);

create index device_account on jieli.device (account);

alter table jieli.workspace add column second_factor_required boolean not null default false;

alter table jieli.session add column id uuid not null default gen_random_uuid()
  constraint session_id_key unique;

alter table jieli.api_token add column prefix text not null default '';
