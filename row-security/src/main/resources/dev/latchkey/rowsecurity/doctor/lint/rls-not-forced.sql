select r.name as object, format('alter table %s force row level security', r.name) as remedy
from owned r where r.secured and not r.forced
