package dev.latchkey.api.writes;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.table.Families;
import dev.latchkey.api.table.Fields;
import dev.latchkey.api.table.ManyRows;
import dev.latchkey.api.table.Row;
import dev.latchkey.api.table.RowQuotas;
import dev.latchkey.api.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does the operations of one batch, in waves: one query finds all rows of a table that a wave is about, and what becomes of them is sent
 * together.
 */
final class Application {

    private final Backlog backlog;
    private final Judge judge;
    private final Families families;
    private final ManyRows rows;
    private final RowQuotas quotas;
    private final KnownRows known;
    private final JsonMapper json;
    private final boolean oneByOne;

    private final Findings findings = new Findings();
    private final Map<Op<?, ?>, OpReceipt> receipts = new HashMap<>();

    /** Tables that rows were added to. */
    private final Set<Table<?, ?>> grown = new LinkedHashSet<>();

    /** @param oneByOne sends each operation by itself, so that what the database refuses is told where it stands */
    Application(
            Backlog backlog,
            Judge judge,
            Families families,
            ManyRows rows,
            RowQuotas quotas,
            JsonMapper json,
            boolean oneByOne) {
        this.backlog = backlog;
        this.judge = judge;
        this.families = families;
        this.rows = rows;
        this.quotas = quotas;
        this.known = new KnownRows(rows);
        this.json = json;
        this.oneByOne = oneByOne;
    }

    /**
     * A receipt for each.
     *
     * @throws ProblemException for all that do not fit to what is there, {@link ErrorCode#QUOTA_EXCEEDED}
     */
    Map<Op<?, ?>, OpReceipt> run() {
        while (!backlog.isEmpty()) {
            List<Op<?, ?>> ready = backlog.next();
            wave(oneByOne ? ready.subList(0, 1) : ready);
        }
        findings.raise();
        quotas.require(grown);
        return receipts;
    }

    private void wave(List<Op<?, ?>> ops) {
        known.look(ops.stream().map(Op::place).collect(Collectors.toSet()));
        Map<Change<?, ?>, Map<String, Place>> changes = new LinkedHashMap<>();
        for (Op<?, ?> op : ops) {
            Change<?, ?> change = findings.collect("#", () -> decided(op));
            if (change == null) {
                backlog.done(op);
            } else {
                changes.put(change, parents(change));
            }
        }
        known.look(changes.values().stream()
                .flatMap(parents -> parents.values().stream())
                .collect(Collectors.toSet()));

        List<Change<?, ?>> queued = new ArrayList<>();
        changes.forEach((change, parents) -> {
            if (hasParents(change.op(), parents)) {
                Row<?> row = change.queue(rows);
                if (row != null) {
                    known.add(change.op().place(), row);
                }
                queued.add(change);
            }
        });
        send(queued);
        if (queued.stream().anyMatch(change -> change.op().deletes())) {
            known.forget();
        }
    }

    private void send(List<Change<?, ?>> queued) {
        if (oneByOne) {
            queued.forEach(change -> Findings.at(change.op().dataPointer(), () -> {
                rows.send(change.op().table());
                return change;
            }));
        } else {
            rows.send();
        }
        for (Change<?, ?> change : queued) {
            Op<?, ?> op = change.op();
            if (change.adds()) {
                grown.add(op.table());
            }
            receipts.put(op, change.receipt());
            backlog.done(op);
        }
    }

    private <F extends Fields, R extends Row<F>> Change<F, R> decided(Op<F, R> op) {
        Row<?> row = known.at(op.place());
        return judge.decide(op, row == null ? null : op.table().rowType().cast(row));
    }

    private boolean hasParents(Op<?, ?> op, Map<String, Place> parents) {
        boolean complete = true;
        for (Map.Entry<String, Place> parent : parents.entrySet()) {
            if (!known.has(parent.getValue())) {
                if (backlog.awaits(op, parent.getValue())) {
                    return false;
                }
                findings.add(
                        ErrorCode.PARENT_NOT_FOUND,
                        FieldError.at(op.dataPointer() + "/" + parent.getKey(), "names nothing that is there"));
                complete = false;
            }
        }
        if (!complete) {
            backlog.done(op);
        }
        return complete;
    }

    /** Where the rows are that it names as its parents and did not before, by the fields that name them. */
    private Map<String, Place> parents(Change<?, ?> change) {
        List<Families.Parent> known = families.parents(change.op().table());
        if (change.after() == null || known.isEmpty()) {
            return Map.of();
        }
        JsonNode after = json.valueToTree(change.after());
        JsonNode before = json.valueToTree(change.before());
        Map<String, Place> result = new HashMap<>();
        for (Families.Parent parent : known) {
            JsonNode key = after.path(parent.field());
            if (key.isString() && !key.equals(before.path(parent.field()))) {
                result.put(
                        parent.field(), new Place(parent.table(), parent.table().id(key.stringValue())));
            }
        }
        return result;
    }
}
