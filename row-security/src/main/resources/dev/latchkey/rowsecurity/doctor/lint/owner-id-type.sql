select r.name || '.owner_id' as object,
  case when exists (select from pg_constraint f where f.contype = 'f'
      and (f.conrelid = r.oid and r.owner_id = any (f.conkey) or f.confrelid = r.oid and r.owner_id = any (f.confkey)))
    then '-- it names something else, by a foreign key: adopt --owner-column gives row security''s column another name'
    else case when r.guarded then format('drop policy if exists owner_isolation on %s; ', r.name) else '' end
      || case a.attgenerated when '' then '' else format('alter table %s alter column owner_id drop expression; ', r.name) end
      || format('alter table %s alter column owner_id drop default, alter column owner_id type text collate pg_catalog."default"', r.name)
      || case when r.guarded then format('; select app.protect(%L, %L)', r.name, login.name) else '' end
  end as remedy
from login, owned r
join pg_attribute a on a.attrelid = r.oid and a.attnum = r.owner_id
where a.atttypid <> 'text'::regtype or a.attgenerated <> ''
  -- To some collations, alice and ALICE are the same owner.
  or exists (select from pg_collation c where c.oid = a.attcollation and not c.collisdeterministic)
