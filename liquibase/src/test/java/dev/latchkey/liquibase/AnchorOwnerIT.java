package dev.latchkey.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnchorOwnerIT {

    private static final String OWNER_IS_DELETED = "LK410";

    private final String owner = "owner-" + UUID.randomUUID();

    @Test
    void insertWhenTheFirstThenTheOwnerIsAddedOnce() throws SQLException {
        write("first");
        write("second");

        assertThat(anchors()).containsExactly(owner);
    }

    @Test
    void insertWhenRefusedByThePolicyThenNobodyIsAdded() throws SQLException {
        String forged = "forged-" + owner;
        try (Session session = Migrated.server().boundTo(owner)) {
            assertThatThrownBy(() -> session.update("insert into works (owner_id, title) values (?, 't')", forged))
                    .isInstanceOf(SQLException.class);
        }

        assertThat(anchors()).isEmpty();
    }

    @Test
    void insertWhenTheIdIsMalformedThenNobodyIsAdded() throws SQLException {
        try (Session session = Migrated.server().boundTo("not an owner")) {
            assertThatThrownBy(() -> session.update("insert into works (title) values ('t')"))
                    .hasMessageContaining("id_valid");
        }
    }

    @Test
    void insertWhenTwoWriteForTheFirstTimeAtOnceThenBothSucceed() throws Exception {
        try (Session one = Migrated.server().boundTo(owner);
                Session other = Migrated.server().boundTo(owner)) {
            one.update("insert into works (title) values ('one')");
            var waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return other.update("insert into works (title) values ('other')");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            awaitLock();
            one.commit();

            assertThat(waiting.get()).isOne();
            other.commit();
        }
        assertThat(anchors()).containsExactly(owner);
    }

    @Test
    void writeWhenTheOwnerIsDeletedThenRefusedButDeletesPass() throws SQLException {
        write("kept until deleted");
        tombstone();

        assertDeleted("insert into works (title) values ('late')");
        assertDeleted("insert into works (title) values ('late') on conflict do nothing");
        assertDeleted("update works set title = 'late'");
        try (Session session = Migrated.server().boundTo(owner)) {
            assertThat(session.update("delete from works")).isOne();
        }
    }

    /** Else an insert that had passed the check could commit after the owner's rows were deleted. */
    @Test
    void tombstoneWhenAnInsertIsUnderWayThenWaitsForIt() throws Exception {
        write("anchor");
        try (Session writer = Migrated.server().boundTo(owner)) {
            writer.update("insert into works (title) values ('under way')");
            var tombstone = CompletableFuture.runAsync(() -> {
                try {
                    tombstone();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            awaitLock();
            assertThat(tombstone).isNotDone();
            writer.commit();
            tombstone.get();
        }
        try (Session session = Migrated.server().boundTo(owner)) {
            assertThat(session.update("delete from works")).isEqualTo(2);
        }
    }

    @Test
    void protectedTablesWhenMigratedThenEachHasTheTriggerAndTheForeignKey() throws SQLException {
        try (Session session = Migrated.server().connectAs("latchkey_owner")) {
            List<String> tables = session.texts(
                    "select attrelid::regclass from pg_attribute join pg_class c on c.oid = attrelid where attname = 'owner_id' and relkind in ('r', 'p') and relname !~ '^audit(_|$)'");

            assertThat(tables).contains("works");
            assertThat(
                            session.texts(
                                    "select tgrelid::regclass from pg_trigger where tgfoid = 'anchor_owner'::regproc and pg_get_triggerdef(oid) similar to '%BEFORE INSERT (OR DELETE )?OR UPDATE ON % FOR EACH STATEMENT %'"))
                    .containsExactlyInAnyOrderElementsOf(tables);
            assertThat(
                            session.texts(
                                    "select conrelid::regclass from pg_constraint where pg_get_constraintdef(oid) = 'FOREIGN KEY (owner_id) REFERENCES app_users(id)'"))
                    .containsExactlyInAnyOrderElementsOf(tables);
        }
    }

    @Test
    void writeWhenWritesAreHeldOffThenRefusedUntilTheTransactionEnds() throws Exception {
        write("before");
        try (Session holder = Migrated.server().boundTo(owner);
                Session other = Migrated.server().boundTo("other-" + owner)) {
            holder.text("select public.hold_writes()");

            assertHeldOff("insert into works (title) values ('meanwhile')");
            assertHeldOff("update works set title = 'meanwhile'");
            assertHeldOff("delete from works");
            assertThat(holder.update("delete from works")).isOne();
            assertThat(other.update("insert into works (title) values ('of somebody else')"))
                    .isOne();
            holder.update("insert into snapshots (kind, state) values ('manual', 'queued')");
            try (Session progress = Migrated.server().boundTo(owner)) {
                progress.update("insert into snapshots (kind, state) values ('manual', 'queued')");
            }
        }
        write("after");
    }

    @Test
    void holdWhenAWriteIsUnderWayThenWaitsForIt() throws Exception {
        try (Session writer = Migrated.server().boundTo(owner);
                Session holder = Migrated.server().boundTo(owner)) {
            writer.update("insert into works (title) values ('under way')");
            var hold = CompletableFuture.runAsync(() -> holder.text("select public.hold_writes()"));
            awaitLock();
            assertHeldOff("delete from works");
            assertThat(hold).isNotDone();
            writer.commit();
            hold.get();
            assertThat(holder.text("select title from works")).isEqualTo("under way");
        }
    }

    /** As when the machine of the one who holds them is gone: the server ends his session. */
    @Test
    void holdWhenItsSessionEndsThenNothingIsLeftLocked() throws Exception {
        write("before");
        // Not closed: the server has done so.
        Session holder = Migrated.server().boundTo(owner);
        try (Session superuser = Migrated.server().connectAs("postgres")) {
            String pid = holder.text("select pg_backend_pid()");
            holder.text("select public.hold_writes()");
            assertHeldOff("delete from works");

            superuser.text("select pg_terminate_backend(?::int, 5000)", pid);

            write("after");
        }
    }

    @Test
    void protectedTablesWhenMigratedThenDeletesAreHeldOffAsWell() throws Exception {
        try (Session superuser = Migrated.server().connectAs("postgres")) {
            assertThat(
                            superuser.texts(
                                    "select tgrelid::regclass from pg_trigger where tgfoid = 'anchor_owner'::regproc and tgtype & 8 = 0"))
                    .as("tables whose deletes are not held off")
                    .containsExactly("snapshots");
        }
    }

    private void assertHeldOff(String sql) throws SQLException {
        try (Session session = Migrated.server().boundTo(owner)) {
            assertThatThrownBy(() -> session.update(sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("LK409"));
        }
    }

    private void write(String title) throws SQLException {
        try (Session session = Migrated.server().boundTo(owner)) {
            session.update("insert into works (title) values (?)", title);
            session.commit();
        }
    }

    private void tombstone() throws SQLException {
        try (Session session = Migrated.server().connectAs("latchkey_owner")) {
            session.update("update app_users set deleted_at = now() where id = ?", owner);
            session.commit();
        }
    }

    private void assertDeleted(String sql) throws SQLException {
        try (Session session = Migrated.server().boundTo(owner)) {
            assertThatThrownBy(() -> session.update(sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(OWNER_IS_DELETED))
                    .hasMessageContaining("the owner is deleted and takes no more writes")
                    .hasMessageNotContaining(owner);
        }
    }

    private List<String> anchors() throws SQLException {
        try (Session session = Migrated.server().connectAs("latchkey_owner")) {
            return session.texts("select id from app_users where id like '%' || ?", owner);
        }
    }

    private static void awaitLock() throws Exception {
        try (Session session = Migrated.server().connectAs("postgres")) {
            for (int i = 0; i < 500; i++) {
                if (session.text("select count(*) from pg_locks where not granted")
                        .equals("1")) {
                    return;
                }
                Thread.sleep(10);
            }
        }
        throw new AssertionError("nobody waits for a lock");
    }
}
