package dev.latchkey.rowsecurity.guard;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.ProviderUtil;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SessionEventSettings;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;

/**
 * Builds Hibernate's session factories with the guard in place. The SQL of the build itself (schema validation, sequences)
 * concerns no owner and runs so.
 */
public final class GuardedPersistenceProvider implements PersistenceProvider {

    private final PersistenceProvider hibernate;
    private final Supplier<OwnerScope> scope;

    public GuardedPersistenceProvider(PersistenceProvider hibernate, Supplier<OwnerScope> scope) {
        this.hibernate = hibernate;
        this.scope = scope;
    }

    /**
     * @throws IllegalStateException if a cache is on that would serve one owner's entities to another, or the application's own
     *     settings leave no room for the guard
     */
    @Override
    public EntityManagerFactory createContainerEntityManagerFactory(
            PersistenceUnitInfo unit, @Nullable Map<?, ?> settings) {
        Map<Object, Object> guarded = guarded(settings);
        return checked(() -> hibernate.createContainerEntityManagerFactory(unit, guarded));
    }

    @Override
    public @Nullable EntityManagerFactory createEntityManagerFactory(String unit, @Nullable Map<?, ?> settings) {
        Map<Object, Object> guarded = guarded(settings);
        return checked(() -> hibernate.createEntityManagerFactory(unit, guarded));
    }

    @Override
    public EntityManagerFactory createEntityManagerFactory(PersistenceConfiguration configuration) {
        guarded(configuration.properties()).forEach((name, value) -> configuration.property((String) name, value));
        return checked(() -> hibernate.createEntityManagerFactory(configuration));
    }

    @Override
    public void generateSchema(PersistenceUnitInfo unit, @Nullable Map<?, ?> settings) {
        scope.get().unowned("schema generation", () -> hibernate.generateSchema(unit, settings));
    }

    @Override
    public boolean generateSchema(String unit, @Nullable Map<?, ?> settings) {
        return scope.get().unowned("schema generation", () -> hibernate.generateSchema(unit, settings));
    }

    @Override
    public ProviderUtil getProviderUtil() {
        return hibernate.getProviderUtil();
    }

    /** Whether the factory was built here. */
    public static boolean isGuarded(EntityManagerFactory factory) {
        return factory.unwrap(SessionFactoryImplementor.class)
                        .getSessionFactoryOptions()
                        .getStatementInspector()
                instanceof StatementGuard;
    }

    private static boolean isBound(SessionFactoryImplementor sessions) {
        MultiTenantConnectionProvider<?> tenants =
                sessions.getServiceRegistry().getService(MultiTenantConnectionProvider.class);
        try {
            if (tenants != null) {
                Connection any = tenants.getAnyConnection();
                try {
                    return BindingDataSource.binds(any);
                } finally {
                    tenants.releaseAnyConnection(any);
                }
            }
            ConnectionProvider provider = sessions.getServiceRegistry().requireService(ConnectionProvider.class);
            return provider.isUnwrappableAs(DataSource.class)
                    && provider.unwrap(DataSource.class).isWrapperFor(BindingDataSource.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<Object, Object> guarded(@Nullable Map<?, ?> settings) {
        Map<Object, Object> guarded = settings == null ? new HashMap<>() : new HashMap<>(settings);
        Object inspector = guarded.get(JdbcSettings.STATEMENT_INSPECTOR);
        if (inspector != null && !(inspector instanceof StatementInspector)) {
            throw new IllegalStateException("Row security passes SQL on to the application's own StatementInspector if "
                    + JdbcSettings.STATEMENT_INSPECTOR
                    + " is set to an object (HibernatePropertiesCustomizer), not to a class name");
        }
        guarded.put(JdbcSettings.STATEMENT_INSPECTOR, new StatementGuard(scope.get(), (StatementInspector) inspector));
        // A factory-wide interceptor would silently take precedence over ours.
        for (String setting :
                new String[] {SessionEventSettings.INTERCEPTOR, SessionEventSettings.SESSION_SCOPED_INTERCEPTOR}) {
            if (guarded.get(setting) != null) {
                throw new IllegalStateException(
                        "Row security needs Hibernate's session interceptor to hold a persistence context"
                                + " to one owner: remove " + setting + " and use event listeners instead");
            }
        }
        Supplier<OneOwnerInterceptor> interceptors = () -> new OneOwnerInterceptor(scope.get());
        guarded.put(SessionEventSettings.SESSION_SCOPED_INTERCEPTOR, interceptors);
        return guarded;
    }

    private <T extends @Nullable EntityManagerFactory> T checked(Supplier<T> build) {
        T factory = scope.get().unowned("schema validation", build);
        if (factory == null) {
            return factory;
        }
        SessionFactoryImplementor sessions = factory.unwrap(SessionFactoryImplementor.class);
        SessionFactoryOptions options = sessions.getSessionFactoryOptions();
        if (options.isSecondLevelCacheEnabled() || options.isQueryCacheEnabled()) {
            factory.close();
            throw new IllegalStateException(
                    "Hibernate's second-level and query caches would serve one owner's rows to another:"
                            + " set hibernate.cache.use_second_level_cache and hibernate.cache.use_query_cache to false");
        }
        if (!isBound(sessions)) {
            factory.close();
            throw new IllegalStateException(
                    "Hibernate gets connections elsewhere than from a DataSource bean, so they would"
                            + " be bound to no owner: remove its own connection settings (hibernate.connection.…, jakarta.persistence.jdbc.…)");
        }
        OneOwnerListener.listenTo(sessions);
        return factory;
    }
}
