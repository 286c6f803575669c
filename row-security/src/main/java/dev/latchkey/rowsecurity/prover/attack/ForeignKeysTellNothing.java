package dev.latchkey.rowsecurity.prover.attack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reference to the victim's parent row: refused, and no other way than one to a row that does not exist. */
final class ForeignKeysTellNothing implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        var scripts = new ArrayList<Script>();
        for (var key : target.table().foreignKeys()) {
            Map<String, @Nullable String> theirs = new LinkedHashMap<>();
            target.table().withoutOwner(key.columns()).stream()
                    .filter(target.theirs().values()::containsKey)
                    .forEach(column ->
                            theirs.put(column, target.theirs().values().get(column)));
            if (!theirs.isEmpty()) {
                scripts.add(Script.other(target.fresh().with(theirs).insert(), "set constraints all immediate"));
                theirs.forEach((column, value) -> scripts.add(Script.other(
                        "update %s set %s = %s"
                                .formatted(
                                        target.name(), column, target.theirs().sql(column)),
                        "set constraints all immediate")));
            }
        }
        return scripts;
    }
}
