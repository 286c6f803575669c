package dev.latchkey.rowsecurity.guard;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Refuses Hibernate's SQL while nobody is in scope, or an owner outside of a transaction, before it is prepared. */
final class StatementGuard implements StatementInspector {

    private final transient OwnerScope scope;
    private final @Nullable StatementInspector next;

    /** @param next the application's own inspector, which sees what is let through */
    StatementGuard(OwnerScope scope, @Nullable StatementInspector next) {
        this.scope = scope;
        this.next = next;
    }

    @Override
    public @Nullable String inspect(String sql) {
        if (scope.binding().isPresent()
                && scope.isTransactionRequired()
                && !TransactionSynchronizationManager.isActualTransactionActive()) {
            scope.observeMode()
                    .refuse(
                            new UnboundException(
                                    "Hibernate would send SQL for an owner outside of a transaction (a lazy association read"
                                            + " too late, or a missing annotation): annotate the calling method with @Transactional"));
        }
        return next == null ? sql : next.inspect(sql);
    }
}
