select 'role ' || rolname as object, format('alter role %I noreplication nocreaterole nocreatedb', rolname) as remedy
from login where rolreplication or rolcreaterole or rolcreatedb
