package dev.latchkey.api.receipts;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.table.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** In the place of the API's own: every statement names the owner. */
@Component
public final class Receipts {

    /** Who waits has a connection of the pool, so not for long. */
    private static final String LOCK = """
            select set_config('lock_timeout', '5s', true),
              pg_advisory_xact_lock(hashtextextended('batch of ' || ?, 0))""";

    private static final String FIND = """
            select key, fingerprint, receipt from receipts
            where owner_id = ? and kind = 'op' and key = any(?) and created_at > now() - interval '30 days'""";

    private static final String SAVE = """
            insert into receipts as known (owner_id, kind, key, fingerprint, receipt, source, device_id)
            select ?, ?, r.key, r.fingerprint, r.receipt::jsonb, ?, ? from unnest(?, ?, ?) as r (key, fingerprint, receipt)
            on conflict (owner_id, kind, key) do update
            set fingerprint = excluded.fingerprint, receipt = excluded.receipt, source = excluded.source, device_id = excluded.device_id,
              created_at = excluded.created_at
            where known.created_at <= now() - interval '30 days'""";

    private final JdbcClient jdbc;

    Receipts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets one batch of an owner wait for another, until the end of the transaction; after 5 seconds the service is busy. */
    public void await() {
        jdbc.sql(LOCK).param(Caller.ownerId()).query().listOfRows();
    }

    /** Those that are known of operations with these ids. */
    public Map<String, Receipt> find(Collection<String> opIds) {
        return jdbc
                .sql(FIND)
                .param(Caller.ownerId())
                .param(opIds.toArray(String[]::new))
                .query((row, i) ->
                        new Receipt(row.getString("key"), row.getString("fingerprint"), row.getString("receipt")))
                .stream()
                .collect(Collectors.toMap(Receipt::key, receipt -> receipt));
    }

    /**
     * Keeps what was answered to operations.
     *
     * @param source what the batch says it comes from, at most 100 characters
     * @throws ProblemException {@link ErrorCode#EDIT_CONFLICT} if there is one meanwhile
     */
    public void save(List<Receipt> receipts, @Nullable String source, @Nullable UUID device) {
        save("op", receipts, source, device);
    }

    void save(String kind, List<Receipt> receipts, @Nullable String source, @Nullable UUID device) {
        int saved = jdbc.sql(SAVE)
                .param(Caller.ownerId())
                .param(kind)
                .param(source)
                .param(device)
                .param(receipts.stream().map(Receipt::key).toArray(String[]::new))
                .param(receipts.stream().map(Receipt::fingerprint).toArray(String[]::new))
                .param(receipts.stream().map(Receipt::json).toArray(String[]::new))
                .update();
        if (saved < receipts.size()) {
            throw new ProblemException(ErrorCode.EDIT_CONFLICT);
        }
    }
}
