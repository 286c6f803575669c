package dev.latchkey.rowsecurity.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.TenantId;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;

/** The same Hibernate code with {@code @TenantId}, which adds the owner to every statement, and with row security. */
final class HibernateContender implements Contender {

    private final HikariDataSource pool;
    private final @Nullable OwnerScope scope;
    private final SessionFactory sessions;

    private HibernateContender(HikariDataSource pool, DataSource dataSource, @Nullable OwnerScope scope, Class<?> entity) {
        this.pool = pool;
        this.scope = scope;
        Configuration configuration = new Configuration().addAnnotatedClass(entity);
        configuration.getProperties().put("hibernate.connection.datasource", dataSource);
        this.sessions = configuration
                .setProperty("hibernate.connection.provider_disables_autocommit", "true")
                .setProperty("hibernate.jdbc.batch_size", "10")
                .setProperty("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect")
                .setProperty("hibernate.boot.allow_jdbc_metadata_access", "false")
                .buildSessionFactory();
    }

    static HibernateContender tenantId(HikariDataSource pool) {
        return new HibernateContender(pool, pool, null, TenantNote.class);
    }

    static HibernateContender bound(HikariDataSource pool) {
        OwnerScope scope = new OwnerScope(() -> null);
        return new HibernateContender(pool, new BindingDataSource(pool, scope), scope, OwnedNote.class);
    }

    @Override
    public void run(Work work, String owner) {
        if (scope == null) {
            try (Session session = sessions.withOptions().tenantIdentifier((Object) owner).openSession()) {
                inTransaction(session, "TenantNote", work, owner);
            }
        } else {
            scope.runAs(Owner.of(owner), () -> {
                try (Session session = sessions.openSession()) {
                    inTransaction(session, "OwnedNote", work, owner);
                }
            });
        }
    }

    private void inTransaction(Session session, String entity, Work work, String owner) {
        session.beginTransaction();
        switch (work) {
            case BY_ID -> session.createSelectionQuery("from " + entity + " where id = :id", Object.class)
                    .setParameter("id", Data.someId(owner))
                    .getSingleResult();
            case NEWEST -> session.createSelectionQuery("from " + entity + " order by updatedAt desc, id", Object.class)
                    .setMaxResults(20)
                    .getResultList();
            case INSERT -> persist(session, 1);
            case BATCH -> persist(session, 10);
        }
        session.getTransaction().commit();
    }

    private void persist(Session session, int rows) {
        for (int i = 0; i < rows; i++) {
            session.persist(scope == null ? new TenantNote() : new OwnedNote());
        }
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
    }

    @Entity(name = "TenantNote")
    @Table(name = "plain")
    static class TenantNote {
        @Id
        UUID id = UUID.randomUUID();

        @TenantId
        @Column(name = "owner_id")
        @Nullable
        String ownerId;

        String title = "a title of usual length";

        @Column(name = "updated_at")
        OffsetDateTime updatedAt = OffsetDateTime.now();
    }

    @Entity(name = "OwnedNote")
    @Table(name = "notes")
    static class OwnedNote {
        @Id
        UUID id = UUID.randomUUID();

        String title = "a title of usual length";

        @Column(name = "updated_at")
        OffsetDateTime updatedAt = OffsetDateTime.now();
    }
}
