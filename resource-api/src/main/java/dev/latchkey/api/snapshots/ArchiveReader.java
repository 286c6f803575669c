package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.InvalidDocumentException;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.table.AllRows;
import dev.latchkey.api.table.Families;
import dev.latchkey.api.table.Fields;
import dev.latchkey.api.table.Row;
import dev.latchkey.api.table.RowState;
import dev.latchkey.api.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads archives that anybody may have made: each row is held to the rules of a row that is sent to the API. */
@Component
final class ArchiveReader {

    /** Of an archive that anybody may have made. Ids of so many fit into some 60 MB. */
    private static final long MOST_ROWS = 2_000_000;

    private static final int AT_ONCE = 500;

    /** Clocks differ; but a change from the future would stay the newest for as long. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final Families families;
    private final AllRows rows;
    private final Documents documents;
    private final JsonMapper json;
    private final SnapshotSettings settings;
    private final TransactionTemplate transaction;

    ArchiveReader(
            Families families,
            AllRows rows,
            Documents documents,
            JsonMapper json,
            SnapshotSettings settings,
            PlatformTransactionManager transactions) {
        this.families = families;
        this.rows = rows;
        this.documents = documents;
        this.json = json;
        this.settings = settings;
        transaction = new TransactionTemplate(transactions);
        transaction.setReadOnly(true);
    }

    /**
     * Reads all of it and changes nothing.
     *
     * @return what it says of itself, and is so
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_INVALID}, {@link ErrorCode#SNAPSHOT_VERSION_UNKNOWN},
     *     {@link ErrorCode#SNAPSHOT_CHECKSUM_WRONG}, {@link ErrorCode#SNAPSHOT_TOO_LARGE}
     */
    Manifest validate(Path file) {
        Map<Table<?, ?>, IdSet> ids = new HashMap<>();
        return each(file, settings.unpackedLimit().toBytes(), MOST_ROWS, new Visitor() {
            @Override
            public <F extends Fields, R extends Row<F>> void visit(
                    Archive archive, Manifest.Entry entry, Table<F, R> table) throws IOException {
                IdSet known = new IdSet();
                ids.put(table, known);
                List<Families.Parent> parents = families.parents(table);
                read(archive, entry, table, (line, state) -> {
                    String place = Archive.pointer(entry, line);
                    if (!known.add(state.id())) {
                        throw Archive.invalid(place + "/id", "is there twice");
                    }
                    JsonNode data = parents.isEmpty() ? json.nullNode() : json.valueToTree(state.fields());
                    for (Families.Parent parent : parents) {
                        JsonNode key = data.path(parent.field());
                        if (key.isString()
                                && !ids.getOrDefault(parent.table(), new IdSet())
                                        .contains(parent.table().id(key.stringValue()))) {
                            throw Archive.invalid(
                                    place + "/data/" + parent.field(), "names nothing that is in the archive");
                        }
                    }
                });
            }
        });
    }

    /**
     * Adds its rows to those that there are, in the caller's transaction.
     *
     * @param file as it was validated or made: whatever could be made can be brought back
     */
    void restore(Path file, RestoreMode mode, Progress progress) {
        each(file, BoundedZip.UNBOUNDED, Long.MAX_VALUE, new Visitor() {
            @Override
            public <F extends Fields, R extends Row<F>> void visit(
                    Archive archive, Manifest.Entry entry, Table<F, R> table) throws IOException {
                List<RowState<F>> states = new ArrayList<>(AT_ONCE);
                read(archive, entry, table, (line, state) -> {
                    states.add(state);
                    if (states.size() == AT_ONCE) {
                        write(table, states, mode, progress);
                    }
                });
                write(table, states, mode, progress);
            }
        });
    }

    private <F extends Fields, R extends Row<F>> void write(
            Table<F, R> table, List<RowState<F>> states, RestoreMode mode, Progress progress) {
        switch (mode) {
            case REPLACE -> rows.restore(table, states);
            case MERGE -> rows.merge(table, states);
        }
        progress.done(states.size());
        states.clear();
    }

    private Manifest each(Path file, long unpackedLimit, long mostRows, Visitor visitor) {
        Map<String, Table<?, ?>> tables = families.tables();
        List<Table<?, ?>> parentsFirst = Objects.requireNonNull(transaction.execute(status -> families.parentsFirst()));
        try (Archive archive = Archive.open(file, tables.keySet(), unpackedLimit, json, documents)) {
            Manifest manifest = archive.manifest();
            if (manifest.rows() > mostRows) {
                throw new ProblemException(ErrorCode.SNAPSHOT_TOO_LARGE);
            }
            for (Table<?, ?> table : parentsFirst) {
                for (Manifest.Entry entry : manifest.files()) {
                    if (entry.table().equals(table.name())) {
                        visitor.visit(archive, entry, table);
                    }
                }
            }
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <F extends Fields, R extends Row<F>> void read(
            Archive archive, Manifest.Entry entry, Table<F, R> table, BiConsumer<Long, RowState<F>> consumer)
            throws IOException {
        Instant latest = Instant.now().plus(AHEAD);
        archive.lines(entry, (line, document) -> {
            String place = Archive.pointer(entry, line);
            if (line > entry.rows()) {
                throw Archive.invalid(place, "is more than the manifest says");
            }
            consumer.accept(line, state(table, place, document, latest));
        });
    }

    private <F extends Fields, R extends Row<F>> RowState<F> state(
            Table<F, R> table, String place, ObjectNode document, Instant latest) {
        ArchivedRow row;
        try {
            row = documents.read(document, ArchivedRow.class);
        } catch (JacksonException | InvalidDocumentException e) {
            throw Archive.invalid(place, e);
        }
        requireTime(place + "/created_at", row.createdAt(), latest);
        requireTime(place + "/updated_at", row.updatedAt(), latest);
        if (row.changedAt() != null) {
            requireTime(place + "/changed_at", row.changedAt(), latest);
        }
        try {
            F fields = documents.read(table.located(row.data(), row.id().toString()), table.fieldsType());
            if (!row.id().equals(fields.id())) {
                throw Archive.invalid(place + "/id", "is not that of the row");
            }
            return new RowState<>(row.id(), fields, row.createdAt(), row.updatedAt(), row.changedAt(), row.version());
        } catch (JacksonException | InvalidDocumentException e) {
            throw Archive.invalid(place + "/data", e);
        }
    }

    /** Lists go by these times. */
    private static void requireTime(String place, Instant time, Instant latest) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(latest)) {
            throw Archive.invalid(place, "must be from 1970 on, and not in the future");
        }
    }

    /** Generic methods cannot be lambdas. */
    private interface Visitor {

        <F extends Fields, R extends Row<F>> void visit(Archive archive, Manifest.Entry entry, Table<F, R> table)
                throws IOException;
    }
}
