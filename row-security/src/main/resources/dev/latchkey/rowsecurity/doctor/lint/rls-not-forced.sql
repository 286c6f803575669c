select r.name as object, format('alter table %s force row level security', r.name) as remedy
from owned r where r.guarded and not r.forced
