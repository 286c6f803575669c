package dev.latchkey.api.writes;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.receipts.Receipt;
import dev.latchkey.api.receipts.Receipts;
import dev.latchkey.api.table.Families;
import dev.latchkey.api.table.ManyRows;
import dev.latchkey.api.table.RowQuotas;
import dev.latchkey.rowsecurity.OwnerScope;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Does a batch: all of it or nothing, and each operation once. Batches of one owner wait for each other. */
@Component
final class Batches {

    private final OpReader reader;
    private final Receipts receipts;
    private final Families families;
    private final ManyRows rows;
    private final RowQuotas quotas;
    private final Documents documents;
    private final JsonMapper json;
    private final TransactionTemplate transaction;
    private final Queues queues;
    private final OwnerScope scope;

    Batches(
            OpReader reader,
            Receipts receipts,
            Families families,
            ManyRows rows,
            RowQuotas quotas,
            Documents documents,
            JsonMapper json,
            PlatformTransactionManager transactions,
            Queues queues,
            OwnerScope scope) {
        this.reader = reader;
        this.receipts = receipts;
        this.families = families;
        this.rows = rows;
        this.quotas = quotas;
        this.documents = documents;
        this.json = json;
        this.transaction = new TransactionTemplate(transactions);
        this.queues = queues;
        this.scope = scope;
    }

    BatchAnswer apply(BatchRequest batch) {
        List<Op<?, ?>> ops = reader.read(batch);
        return queues.inTurn(scope.current().id(), () -> apply(batch, ops));
    }

    private BatchAnswer apply(BatchRequest batch, List<Op<?, ?>> ops) {
        try {
            return attempt(batch, ops, false);
        } catch (RuntimeException e) {
            if (!isRefusal(e)) {
                throw e;
            }
            // Somebody wrote one of the rows at the same moment, or an operation cannot be: one by one it shows which.
            return attempt(batch, ops, true);
        }
    }

    private BatchAnswer attempt(BatchRequest batch, List<Op<?, ?>> ops, boolean oneByOne) {
        return Objects.requireNonNull(transaction.execute(status -> {
            receipts.await();
            Map<String, Receipt> known =
                    receipts.find(ops.stream().map(Op::opId).toList());
            Map<String, Op<?, ?>> fresh = fresh(ops, known);
            Map<String, OpReceipt> answers = new LinkedHashMap<>();
            Backlog backlog = new Backlog(List.copyOf(fresh.values()), batch.onConflict(), families);
            Judge judge = new Judge(documents, json, batch.onConflict());
            new Application(backlog, judge, families, rows, quotas, json, oneByOne)
                    .run()
                    .forEach((op, receipt) -> answers.put(op.opId(), receipt));
            if (batch.isDryRun()) {
                status.setRollbackOnly();
            } else {
                receipts.save(
                        fresh.values().stream()
                                .map(op -> new Receipt(
                                        op.opId(), op.fingerprint(), json.writeValueAsString(answers.get(op.opId()))))
                                .toList(),
                        batch.source(),
                        batch.deviceId());
            }
            known.forEach((id, receipt) -> answers.put(id, json.readValue(receipt.json(), OpReceipt.class)));
            return new BatchAnswer(
                    batch.isDryRun(),
                    ops.stream().filter(op -> known.containsKey(op.opId())).count(),
                    ops.stream().map(op -> answers.get(op.opId())).toList());
        }));
    }

    /** Those that were never done, each once. */
    private static Map<String, Op<?, ?>> fresh(List<Op<?, ?>> ops, Map<String, Receipt> known) {
        Findings findings = new Findings();
        Map<String, Op<?, ?>> fresh = new LinkedHashMap<>();
        for (Op<?, ?> op : ops) {
            Receipt before = known.get(op.opId());
            Op<?, ?> first = before == null ? fresh.putIfAbsent(op.opId(), op) : null;
            String fingerprint = before != null ? before.fingerprint() : first != null ? first.fingerprint() : null;
            if (fingerprint != null && !fingerprint.equals(op.fingerprint())) {
                findings.add(
                        ErrorCode.OP_ID_REUSED,
                        FieldError.at(op.pointer() + "/op_id", "came before with another operation"));
            }
        }
        findings.raise();
        return fresh;
    }

    private static boolean isRefusal(Throwable thrown) {
        for (@Nullable Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof OptimisticLockingFailureException) {
                return true;
            }
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                // Data that cannot be, a constraint, a deadlock.
                return sql.getSQLState().matches("(22|23|40).*");
            }
        }
        return false;
    }
}
