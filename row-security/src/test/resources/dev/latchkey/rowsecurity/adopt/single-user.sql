-- The schema of an application for one user, as such schemas are. Its owner logs in as the application, too.
create type session_state as enum ('open', 'closed');

create table languages (code text primary key, name text not null);
insert into languages values ('de', 'German'), ('en', 'English');

create table threads (
  id serial primary key,
  user_id integer not null default 1,
  name text not null,
  language text references languages,
  parent_id integer references threads on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint threads_name_key unique (name)
);
comment on constraint threads_pkey on threads is 'Ids are shown to the user';
comment on column threads.parent_id is 'Forked from';

create table sessions (
  id uuid primary key default gen_random_uuid(),
  user_id integer not null default 1,
  thread_id integer not null references threads on update cascade on delete cascade,
  state session_state not null default 'open',
  token text,
  updated_at timestamptz not null default now(),
  unique (id, thread_id)
);
create unique index sessions_open on sessions (thread_id, lower(token)) where state = 'open';

create table events (
  id bigint generated always as identity primary key,
  user_id integer not null default 1,
  thread_id integer not null,
  session_id uuid,
  body text not null,
  updated_at timestamptz not null default now(),
  constraint "Odd ""name""" foreign key (session_id, thread_id) references sessions (id, thread_id)
    on delete set null (session_id) deferrable initially deferred,
  foreign key (thread_id) references threads on delete cascade
);
create index on events (thread_id, id);

create table snapshots (
  thread_id integer not null references threads on delete cascade,
  version integer not null,
  user_id integer not null default 1,
  data jsonb not null default '{}',
  primary key (thread_id, version)
);

create table "Queue positions" (
  id bigserial primary key,
  user_id integer not null default 1,
  queue text not null,
  thread_id integer not null references threads deferrable,
  "Position" integer not null,
  constraint one_position unique (queue, "Position") deferrable initially immediate,
  constraint one_thread unique (queue, thread_id)
);

create view open_sessions as
  select s.id, t.name from sessions s join threads t on t.id = s.thread_id where s.state = 'open';
create view open_names as select distinct name from open_sessions;

insert into threads (name, language, parent_id) select 'thread ' || n, 'en', nullif(n / 2, 0) from generate_series(1, 1000) n;
insert into sessions (thread_id, token) select n, 'T' || n from generate_series(1, 1000) n;
insert into events (thread_id, session_id, body)
  select s.thread_id, s.id, 'event ' || n from sessions s cross join generate_series(1, 100) n;
insert into snapshots (thread_id, version) select t, v from generate_series(1, 1000) t cross join generate_series(1, 2) v;
insert into "Queue positions" (queue, thread_id, "Position") select 'main', n, n from generate_series(1, 500) n;
