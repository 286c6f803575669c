-- Without LOGIN and without a password: nobody can use it before somebody decides how it logs in.
select 'role ' || quoted as object, 'made, with neither LOGIN nor password' as work, array[format('create role %s nologin', quoted)] as statements, array[
    format('revoke all on all functions in schema app from %s', quoted),
    format('revoke all on all tables in schema app from %s', quoted),
    format('revoke all on schema app from %s', quoted),
    format('drop role %s', quoted)] as undo
from app_role where oid is null
