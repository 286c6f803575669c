package dev.latchkey.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.sql.SQLException;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Given a work of alice, what bob and nobody can do about it with SQL of their choice. */
class IsolationIT {

    private static final String POLICY_VIOLATION = "42501";

    private final UUID id = UUID.randomUUID();
    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    @BeforeEach
    void givenAWorkOfAlice() throws SQLException {
        try (Session session = Migrated.server().boundTo(alice)) {
            session.update("insert into works (id, title) values (?, 'of alice')", id);
            session.commit();
        }
    }

    @Nested
    class Alice {

        @Test
        void thenSheReadsChangesAndDeletesIt() throws SQLException {
            try (Session session = Migrated.server().boundTo(alice)) {
                assertThat(session.texts("select owner_id from works")).containsExactly(alice);
                assertThat(session.update("update works set title = 'changed' where id = ?", id))
                        .isOne();
                assertThat(session.update("delete from works where id = ?", id)).isOne();
            }
        }
    }

    @Nested
    class Bob {

        @Test
        void thenHeSeesNothing() throws SQLException {
            try (Session session = Migrated.server().boundTo(bob)) {
                assertThat(session.texts("select id from works")).isEmpty();
                assertThat(session.texts("select id from works where owner_id = ?", alice))
                        .isEmpty();
                assertThat(session.text("select count(*) from works where id = ?", id))
                        .isEqualTo("0");
            }
        }

        @Test
        void thenCopyGivesNothing() throws Exception {
            try (Session session = Migrated.server().boundTo(bob)) {
                var out = new StringWriter();

                session.connection().unwrap(PGConnection.class).getCopyAPI().copyOut("copy works to stdout", out);

                assertThat(out.toString()).isEmpty();
            }
        }

        @Test
        void thenHeChangesAndDeletesNothing() throws SQLException {
            try (Session session = Migrated.server().boundTo(bob)) {
                assertThat(session.update("update works set title = 'mine'")).isZero();
                assertThat(session.update("update works set owner_id = ? where id = ?", bob, id))
                        .isZero();
                assertThat(session.update("delete from works")).isZero();
                assertThat(session.texts("select id from works for update")).isEmpty();
            }
        }

        @Test
        void thenHeWritesNothingInHerName() throws SQLException {
            refused(bob, "insert into works (owner_id, title) values (?, 'forged')", alice);
        }

        @Test
        void thenHeGivesHerNothing() throws SQLException {
            try (Session session = Migrated.server().boundTo(bob)) {
                session.update("insert into works (id, title) values (?, 'of bob')", id);

                assertRefused(() -> session.update("update works set owner_id = ? where id = ?", alice, id));
            }
        }

        @Test
        void thenTheSameIdIsARowOfHisOwn() throws SQLException {
            try (Session session = Migrated.server().boundTo(bob)) {
                assertThat(session.update("insert into works (id, title) values (?, 'of bob')", id))
                        .isOne();
                assertThat(session.texts("select title from works")).containsExactly("of bob");
            }
            assertUntouched();
        }

        /** Postgres before 18.7 evaluates the WHERE of ON CONFLICT DO UPDATE on rows that the policy hides. */
        @Test
        void thenOnConflictNeverMeetsHerRow() throws SQLException {
            try (Session session = Migrated.server().boundTo(bob)) {
                assertThat(session.update("""
                                insert into works (id, title) values (?, 'of bob') on conflict (owner_id, id)
                                do update set title = 'overwritten' where 1 / (works.version - works.version) = 1""", id)).isOne();
                assertThat(session.update(
                                "insert into works (id, title) values (?, 'again') on conflict do nothing", id))
                        .isZero();
                session.commit();
            }
            assertUntouched();
        }

        @Test
        void thenOnConflictInHerNameIsRefusedAsIfThereWereNoRow() throws SQLException {
            String upsert = """
                    insert into works (owner_id, id, title) values (?, ?, 'forged') on conflict (owner_id, id)
                    do update set title = 'overwritten'""";
            refused(bob, upsert, alice, id);
            refused(bob, upsert, alice, UUID.randomUUID());
        }

        @Test
        void thenAForeignKeyToHerRowFailsAsIfThereWereNoRow() throws SQLException {
            try (Session owner = Migrated.server().connectAs("latchkey_owner")) {
                owner.update("create table reviews (id uuid, work_id uuid)");
                owner.texts("select app.protect('reviews', 'latchkey_app')");
                owner.update(
                        "alter table reviews add constraint of_work foreign key (owner_id, work_id) references works (owner_id, id)");
                owner.commit();
                try {
                    assertThat(foreignKeyViolation(id)).isEqualTo(foreignKeyViolation(UUID.randomUUID()));
                } finally {
                    owner.update("drop table reviews");
                    owner.commit();
                }
            }
        }

        private String foreignKeyViolation(UUID work) throws SQLException {
            try (Session session = Migrated.server().boundTo(bob)) {
                session.update("insert into reviews (id, work_id) values (gen_random_uuid(), ?)", work);
                throw new AssertionError("the foreign key holds nothing");
            } catch (SQLException e) {
                return e.getSQLState() + e.getMessage().replace(work.toString(), "<id>");
            }
        }

        @Test
        void thenNeitherACommonTableExpressionNorMergeReachesIt() throws SQLException {
            try (Session session = Migrated.server().boundTo(bob)) {
                assertThat(session.texts("with gone as (delete from works returning id) select id from gone"))
                        .isEmpty();
                assertThat(session.update("""
                                merge into works using (values (?::uuid)) wanted (id) on works.id = wanted.id
                                when matched then update set title = 'merged'""", id)).isZero();
            }
        }

        @Test
        void thenAPlanMadeForHerShowsHerRowsToHerOnly() throws SQLException {
            try (Session session = Migrated.server().boundTo(alice)) {
                session.update("set plan_cache_mode = force_generic_plan");
                session.update("prepare titles as select title from works");
                assertThat(session.texts("execute titles")).containsExactly("of alice");
                session.commit();
                session.text("select set_config('app.user_id', ?, true)", bob);

                assertThat(session.texts("execute titles")).isEmpty();
            }
        }
    }

    @Nested
    class Nobody {

        @Test
        void thenNothingIsSeenOrChanged() throws SQLException {
            try (Session session = Migrated.server().connectAs("latchkey_app")) {
                assertThat(session.texts("select id from works")).isEmpty();
                assertThat(session.update("delete from works")).isZero();
                assertRefused(() -> session.update("insert into works (title) values ('unowned')"));
            }
        }

        @Test
        void thenNothingIsSeenAfterATransactionOfHers() throws SQLException {
            try (Session session = Migrated.server().boundTo(alice)) {
                session.commit();

                assertThat(session.text("select app.current_owner()")).isNull();
                assertThat(session.texts("select id from works")).isEmpty();
            }
        }

        @Test
        void thenAnEmptyOwnerIsNobodyToo() throws SQLException {
            try (Session session = Migrated.server().boundTo("")) {
                assertThat(session.texts("select id from works")).isEmpty();
                assertRefused(() -> session.update("insert into works (owner_id, title) values ('', 'unowned')"));
            }
        }
    }

    private void assertUntouched() throws SQLException {
        try (Session session = Migrated.server().boundTo(alice)) {
            assertThat(session.texts("select title from works")).containsExactly("of alice");
        }
    }

    private static void refused(String owner, String sql, Object... parameters) throws SQLException {
        try (Session session = Migrated.server().boundTo(owner)) {
            assertRefused(() -> session.update(sql, parameters));
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(POLICY_VIOLATION))
                .hasMessageContaining("new row violates row-level security policy for table \"works\"");
    }
}
