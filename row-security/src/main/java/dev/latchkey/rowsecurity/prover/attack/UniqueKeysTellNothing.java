package dev.latchkey.rowsecurity.prover.attack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same values, and each key's values alone, for both owners. */
final class UniqueKeysTellNothing implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        var scripts = new ArrayList<Script>();
        scripts.add(Script.other(target.twin().insert()));
        scripts.add(target.copy(""));
        for (var key : target.table().keys()) {
            Map<String, @Nullable String> same = new LinkedHashMap<>();
            target.table().withoutOwner(key.columns()).stream()
                    .filter(target.theirs().values()::containsKey)
                    .forEach(column -> same.put(column, target.theirs().values().get(column)));
            scripts.add(Script.other(target.fresh().with(same).insert()));
            same.forEach((column, value) -> scripts.add(Script.other("update %s set %s = %s where %s"
                    .formatted(
                            target.name(),
                            column,
                            target.theirs().sql(column),
                            Target.matches(target.ours(), key.columns())))));
        }
        return scripts;
    }
}
