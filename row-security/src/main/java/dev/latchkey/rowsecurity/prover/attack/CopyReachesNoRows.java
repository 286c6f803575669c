package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;
import java.util.stream.Collectors;

/** COPY to and from the client. */
final class CopyReachesNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        var theirs = target.theirs();
        String line = theirs.values().values().stream()
                .map(value -> value == null
                        ? "\\N"
                        : value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"))
                .collect(Collectors.joining("\t"));
        return List.of(
                Script.other("set local client_min_messages = warning")
                        .as(Actor.OTHER, target.sql("copy {table} to stdout")),
                target.other("copy (select * from {table}) to stdout"),
                Script.copy(target.sql("copy {table} (") + theirs.columnList() + ") from stdin", line + "\n"));
    }
}
