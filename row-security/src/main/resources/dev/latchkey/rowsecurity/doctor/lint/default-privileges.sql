select format('default privileges of %s%s: %s to %s', d.defaclrole::regrole,
    case when d.defaclnamespace <> 0 then ' in schema ' || d.defaclnamespace::regnamespace end, kind.name, g.name) as object,
  format('alter default privileges for role %s%s revoke all on %s from %s', d.defaclrole::regrole,
    case when d.defaclnamespace <> 0 then ' in schema ' || d.defaclnamespace::regnamespace end, kind.name, g.name) as remedy
from pg_default_acl d
cross join lateral (select distinct a.grantee from aclexplode(d.defaclacl) a) a
join grantee g on g.oid = a.grantee and a.grantee <> d.defaclrole
join (values ('r', 'tables'), ('S', 'sequences'), ('f', 'functions'), ('T', 'types'), ('n', 'schemas'), ('L', 'large objects')) kind (type, name)
  on kind.type = d.defaclobjtype
-- Postgres gives these to PUBLIC by itself, and writes it down with the first change.
where not (d.defaclobjtype in ('f', 'T') and a.grantee = 0)
