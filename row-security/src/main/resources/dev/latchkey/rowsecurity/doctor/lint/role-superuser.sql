select 'role ' || rolname as object, format('alter role %I nosuperuser', rolname) as remedy
from login where rolsuper
