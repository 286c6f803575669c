select 'role ' || rolname as object, format('alter role %I nobypassrls', rolname) as remedy
from login where rolbypassrls
