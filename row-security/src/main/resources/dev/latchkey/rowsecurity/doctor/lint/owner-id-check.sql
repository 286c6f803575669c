-- A closed list of spellings: whether any other check refuses '' cannot be read from the catalogue.
select r.name || '.owner_id' as object,
  format('select app.protect(%L, %L)', r.name, login.name) as remedy
from login, owned r
where not exists (
  select from pg_constraint c
  where c.conrelid = r.oid and c.contype = 'c' and c.convalidated and c.conkey = array[r.owner_id]
    and (pg_get_constraintdef(c.oid) in (
        'CHECK ((owner_id ~ ''^[A-Za-z0-9._:-]{1,128}$''::text))',
        'CHECK ((owner_id <> ''''::text))')
      or pg_get_constraintdef(c.oid)
        ~ '^CHECK \(\((char_length|character_length|length|octet_length)\(owner_id\) (> \d+|>= [1-9]\d*)\)\)$'))
