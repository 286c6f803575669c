package dev.latchkey.realm.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Lines of JSON in a file that is only ever added to: who asked for which {@code actor_uid}, when and why; never whose it is. */
final class AuditLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    AuditLog(Path file) {
        this.file = file;
    }

    /** Returns when the line is on the disk. */
    void add(Question question, String administrator, String outcome) throws IOException {
        ObjectNode line = JSON.createObjectNode()
                .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("command", "which-account")
                .put("realm", question.realm())
                .put("actor_uid", question.actorUid())
                .put("asked_by", question.askedBy())
                .put("reason", question.reason())
                .put("administrator", administrator)
                .put("outcome", outcome);
        Files.writeString(
                file,
                line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
    }
}
