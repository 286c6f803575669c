package dev.latchkey.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The maintenance role runs its functions, which reach what is due, and nothing else. */
class MaintenanceIT {

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    @BeforeEach
    void write() throws SQLException {
        for (String owner : new String[] {alice, bob}) {
            write(owner, "old", "30 days 1 hour");
            write(owner, "young", "29 days 23 hours");
        }
    }

    @Test
    void expireReceiptsThenThoseOfAllOwnersGoAfterThirtyDays() throws SQLException {
        try (Session session = maintenance()) {
            assertThat(session.text("select maintenance.expire_receipts()")).isEqualTo("2");
            session.commit();
        }

        for (String owner : new String[] {alice, bob}) {
            try (Session session = Migrated.server().boundTo(owner)) {
                assertThat(session.texts("select key from receipts")).containsExactly("young");
                session.update("delete from receipts");
                session.commit();
            }
        }
    }

    /** The policy alone holds the function: without its own condition it would delete no more. */
    @Test
    void ownerOfTheSchemaWhenItReadsReceiptsThenOnlyWhatIsDue() throws SQLException {
        try (Session session = Migrated.server().connectAs("latchkey_owner")) {
            assertThat(session.texts("select distinct key from receipts")).containsExactly("old");
            session.update("delete from receipts");
            session.commit();
        }
        try (Session session = Migrated.server().boundTo(alice)) {
            assertThat(session.texts("select key from receipts")).containsExactly("young");
        }
    }

    @Test
    void maintenanceWhenItTriesMoreThenRefused() throws SQLException {
        for (String sql : new String[] {
            "select key from public.receipts",
            "delete from public.receipts",
            "select id from public.works",
            "select app.current_owner()",
            "create table maintenance.t (id int)",
            "create function maintenance.f() returns int language sql return 1"
        }) {
            try (Session session = maintenance()) {
                assertThatThrownBy(() -> session.update(sql))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
        }
    }

    private static Session maintenance() throws SQLException {
        Session session = Migrated.server().connectAs("postgres");
        session.update("set local role latchkey_maintenance");
        return session;
    }

    private static void write(String owner, String key, String age) throws SQLException {
        try (Session session = Migrated.server().boundTo(owner)) {
            session.update(
                    "insert into receipts (kind, key, fingerprint, receipt, created_at)"
                            + " values ('op', ?, repeat('0', 64), '{}', now() - ?::interval)",
                    key,
                    age);
            session.commit();
        }
    }
}
