package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;
import java.util.stream.Collectors;

/** COPY to and from the client. */
final class CopyReachesNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        var theirs = target.theirs();
        String line = theirs.values().values().stream()
                .map(value -> value == null
                        ? "\\N"
                        : value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"))
                .collect(Collectors.joining("\t"));
        return List.of(
                Script.other("set local client_min_messages = warning")
                        .as(Actor.OTHER, "copy %s to stdout".formatted(t)),
                Script.other("select 1").as(Actor.OTHER, "copy (select * from %s) to stdout".formatted(t)),
                Script.copy("copy %s (%s) from stdin".formatted(t, theirs.columnList()), line + "\n"));
    }
}
