-- Such as a view that groups by the primary key and names other columns.
select format('%I on %s', k.name, k.table_name) as object,
  format('%s depends on it: drop or rewrite that, and make it again after adopting', pg_describe_object(d.classid, d.objid, d.objsubid)) as remedy
from unique_key k
join pg_depend d on d.deptype = 'n'
  and (d.refclassid = 'pg_constraint'::regclass and d.refobjid = k.constraint_oid or d.refclassid = 'pg_class'::regclass and d.refobjid = k.oid)
where not exists (
  select from pg_constraint f where d.classid = 'pg_constraint'::regclass and f.oid = d.objid and f.contype = 'f')
