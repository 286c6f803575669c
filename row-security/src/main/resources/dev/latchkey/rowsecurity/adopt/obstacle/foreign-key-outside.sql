select format('%I on %s', f.conname, f.conrelid::regclass) as object,
  format('adopt %s as well', case when f.confrelid in (select oid from target) then f.conrelid else f.confrelid end::regclass)
    || case when f.confrelid in (select oid from target) then ', or drop the foreign key' else ', or name it with --shared' end as remedy
from pg_constraint f
where f.contype = 'f' and f.conparentid = 0
  and (f.confrelid in (select oid from target) and f.conrelid not in (select oid from target)
    or f.conrelid in (select oid from target)
      and f.confrelid not in (select oid from target union all select oid from shared)
      -- Shared by an adoption before this one.
      and not exists (select from pg_policy p where p.polrelid = f.confrelid and p.polname = 'shared_readable'))
