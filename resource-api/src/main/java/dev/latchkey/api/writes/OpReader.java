package dev.latchkey.api.writes;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.document.Uuid;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.receipts.Fingerprint;
import dev.latchkey.api.table.Families;
import dev.latchkey.api.table.Fields;
import dev.latchkey.api.table.Row;
import dev.latchkey.api.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the operations of a batch, each by the rules of its table, before the first statement. */
@Component
final class OpReader {

    private final Families families;
    private final Documents documents;
    private final JsonMapper json;

    OpReader(Families families, Documents documents, JsonMapper json) {
        this.families = families;
        this.documents = documents;
        this.json = json;
    }

    /** @throws ProblemException for whatever is not well-formed in any of them */
    List<Op<?, ?>> read(BatchRequest batch) {
        Findings findings = new Findings();
        UUID device = batch.deviceId();
        if (device != null && !Uuid.made(device)) {
            findings.add(invalid("device_id", "must be a UUID that the device made and keeps"), "#");
        }
        List<Op<?, ?>> ops = new ArrayList<>();
        for (int i = 0; i < batch.ops().size(); i++) {
            int index = i;
            ObjectNode document = batch.ops().get(i);
            Op<?, ?> op = findings.collect(
                    "#/ops/" + i, () -> read(index, documents.read(document, OpDocument.class), batch.onConflict()));
            if (op != null) {
                ops.add(op);
            }
        }
        findings.raise();
        return ops;
    }

    private Op<?, ?> read(int index, OpDocument op, OnConflict onConflict) {
        Table<?, ?> table = families.tables().get(op.table());
        if (table == null) {
            throw invalid(
                    "table",
                    "must be one of "
                            + String.join(", ", new TreeSet<>(families.tables().keySet())));
        }
        if (op.updatedAt() == null && onConflict == OnConflict.NEWEST_WINS) {
            throw invalid("updated_at", "is required with newest_wins");
        }
        if (op.version() != null && op.op() == OpKind.CREATE) {
            throw invalid("version", "is of a row that is there");
        }
        if (op.data() == null && op.op() != OpKind.DELETE) {
            throw invalid("data", "is required");
        }
        if (op.op() == OpKind.DELETE && table.blank() != null) {
            throw invalid("op", "must not be delete: this document is always there, replace it");
        }
        return read(index, op, table);
    }

    private <F extends Fields, R extends Row<F>> Op<F, R> read(int index, OpDocument op, Table<F, R> table) {
        ObjectNode data = op.data() == null ? JsonNodeFactory.instance.objectNode() : op.data();
        data.remove(Fields.OWNER_ID);
        String fingerprint = fingerprint(op, data);
        // What is always there needs no name.
        String name = op.id() == null && table.blank() != null ? table.name() : op.id();
        UUID named = name == null ? null : id(table, name);
        F fields = null;
        switch (op.op()) {
            case CREATE, UPSERT -> {
                String key = op.id() == null ? UUID.randomUUID().toString() : op.id();
                fields = Findings.at("#/data", () -> documents.read(table.located(data, key), table.fieldsType()));
            }
            case REPLACE -> {
                ObjectNode located = op.id() == null ? data : table.located(data, op.id());
                fields = Findings.at("#/data", () -> documents.read(located, table.fieldsType()));
            }
            // Its limits are those of the row that comes out of it.
            case PATCH -> Findings.at("#/data", () -> json.treeToValue(data, table.fieldsType()));
            case DELETE -> {
                if (!data.isEmpty()) {
                    throw invalid("data", "must be left out: a deletion has none");
                }
            }
        }
        UUID id = id(named, fields == null ? null : fields.id());
        Instant changed = op.updatedAt();
        return new Op<>(
                index,
                op.opId(),
                op.op(),
                table,
                id,
                op.id(),
                fields,
                op.op() == OpKind.PATCH ? data : null,
                op.version(),
                changed == null ? null : clamped(changed),
                fingerprint);
    }

    /** A clock that is ahead would win for as long as it is; one whose battery is dead begins before there was anything. */
    private static Instant clamped(Instant changed) {
        Instant now = Instant.now();
        return changed.isAfter(now) ? now : changed.isBefore(Instant.EPOCH) ? Instant.EPOCH : changed;
    }

    private static UUID id(@Nullable UUID named, @Nullable UUID own) {
        if (named != null && own != null && !named.equals(own)) {
            throw invalid("id", "must be the one of the data");
        }
        UUID id = own != null ? own : named;
        if (id == null) {
            throw invalid("id", "is required");
        }
        return id;
    }

    /** By its key, as in the row's address, or, where that is another, by the id that it shows. */
    private static UUID id(Table<?, ?> table, String key) {
        try {
            return table.id(key);
        } catch (ProblemException e) {
            UUID shown = Uuid.parse(key);
            if (shown == null) {
                throw invalid("id", e.errors().get(0).detail());
            }
            return shown;
        }
    }

    /** All of it that says what to do. */
    private static String fingerprint(OpDocument op, ObjectNode data) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("table", op.table());
        content.put("op", op.op().toString());
        content.put("id", op.id());
        content.set("data", data);
        content.put("version", op.version());
        content.put("updated_at", op.updatedAt() == null ? null : op.updatedAt().toString());
        return Fingerprint.of(content);
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(ErrorCode.INVALID_FIELD, FieldError.at("#/" + field, detail));
    }
}
