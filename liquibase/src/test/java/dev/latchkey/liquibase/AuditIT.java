package dev.latchkey.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditIT {

    private static final String TRAIL =
            "select concat_ws(' ', action, table_name, row_id, actor_uid, request_id, device_id) from audit order by at, id";

    private final String owner = "owner-" + UUID.randomUUID();
    private final UUID id = UUID.randomUUID();

    private Session bound() {
        Session session = Migrated.server().boundTo(owner);
        session.text("select set_config('app.context', 'actor/request/device|write', true)");
        return session;
    }

    private void create(Session session) throws SQLException {
        session.update("insert into works (id, title) values (?, 'secret title')", id);
    }

    @Test
    void changeWhenMadeThenItIsRecordedWithoutValues() throws SQLException {
        try (Session session = bound()) {
            create(session);
            session.update("update works set title = 'another' where id = ?", id);
            session.update("delete from works where id = ?", id);

            assertThat(session.texts(TRAIL))
                    .containsExactly(
                            "create works " + id + " actor request device",
                            "update works " + id + " actor request device",
                            "delete works " + id + " actor request device");
        }
    }

    @Test
    void changesWhenOneStatementMakesThemThenEachRowIsRecordedOnce() throws SQLException {
        try (Session session = bound()) {
            session.update("insert into works (title) select 'work ' || n from generate_series(1, 3) n");
            session.update(
                    "insert into works (id, title) select id, title from works on conflict (owner_id, id) do update set title = 'another'");
            session.update("update works set title = 'none' where false");
            session.update("delete from works");

            assertThat(
                            session.texts(
                                    "select action || ' ' || count(distinct row_id) || ' of ' || count(*) from audit group by action"))
                    .containsExactlyInAnyOrder("create 3 of 3", "update 3 of 3", "delete 3 of 3");
        }
    }

    @Test
    void changeWhenRolledBackThenItIsNotRecorded() throws SQLException {
        try (Session session = bound()) {
            create(session);
        }

        try (Session session = bound()) {
            assertThat(session.texts(TRAIL)).isEmpty();
        }
    }

    @Test
    void changeWhenItFollowsFromAnotherThenItIsRecordedAsWell() throws SQLException {
        UUID asset = UUID.randomUUID();
        try (Session session = bound()) {
            create(session);
            session.update("insert into assets (id, work_id) values (?, ?)", asset, id);
            session.update("insert into works (title) select 'work ' || n from generate_series(1, 2) n");
            session.update("insert into assets (work_id) select id from works, generate_series(1, 2)");
            session.update("delete from works");

            assertThat(session.texts(TRAIL)).contains("delete assets " + asset + " actor request device");
            assertThat(
                            session.text(
                                    "select count(distinct row_id) || ' of ' || count(*) from audit where table_name = 'assets' and action = 'delete'"))
                    .isEqualTo("7 of 7");
        }
    }

    @Test
    void changeWhenBoundToNobodyThenItIsRecordedUnderTheRowsOwner() throws SQLException {
        try (Session session = bound()) {
            create(session);
            session.commit();
        }
        try (Session superuser = Migrated.server().connectAs("postgres")) {
            superuser.update("update works set title = 'by hand' where id = ?", id);
            superuser.commit();
        }

        try (Session session = bound()) {
            assertThat(session.texts(TRAIL)).last().isEqualTo("update works " + id);
        }
        try (Session other = Migrated.server().boundTo("other-" + owner)) {
            assertThat(other.texts(TRAIL)).isEmpty();
        }
    }

    @Test
    void tableWhenItsColumnsHaveNamesOfTheTriggersThenItIsRecordedAllTheSame() throws SQLException {
        try (Session superuser = Migrated.server().connectAs("postgres")) {
            superuser.update(
                    "create table planted (owner_id text, id uuid, done boolean, actor text, request text, device text,"
                            + " origin text, tg_op text, tg_table_name text)");
            superuser.text("select record_changes('planted')");

            superuser.update("insert into planted values (?, ?, true, 'a', 'r', 'd', 'o', 'x', 'y')", owner, id);

            assertThat(superuser.texts(
                            "select concat_ws(' ', action, table_name, row_id, actor_uid) from audit where row_id = ?",
                            id))
                    .containsExactly("create planted " + id);
        }
    }

    @Test
    void partitionWhenSqlNamesItThenItsChangesAreRecordedAndThoseOfTheTableOnce() throws SQLException {
        try (Session superuser = Migrated.server().connectAs("postgres")) {
            superuser.update("create table planted (owner_id text, id uuid) partition by hash (owner_id)");
            superuser.update("create table planted_0 partition of planted for values with (modulus 1, remainder 0)");
            superuser.text("select record_changes('planted')");

            superuser.update("insert into planted values (?, ?)", owner, id);
            superuser.update("delete from planted_0");

            assertThat(superuser.texts(
                            "select action || ' ' || table_name from audit where row_id = ? order by at", id))
                    .containsExactly("create planted", "delete planted_0");
        }
    }

    @Test
    void tableWhenItsOwnerTruncatesThenThatIsRefused() throws SQLException {
        try (Session superuser = Migrated.server().connectAs("postgres")) {
            superuser.update("set local role latchkey_owner");

            assertThatThrownBy(() -> superuser.update("truncate works cascade")).hasMessageContaining("delete them");
        }
    }

    @Test
    void tableWhenItHoldsOwnersDataThenItsChangesAreRecorded() throws SQLException {
        try (Session superuser = Migrated.server().connectAs("postgres")) {
            String unrecorded = """
                    select relname from pg_class c where relrowsecurity and relnamespace = 'public'::regnamespace
                    and relname not in ('audit', 'receipts', 'rate_limits', 'snapshot_schedules') and (
                      -- Insert, delete and update.
                      select bit_or(t.tgtype & 28) from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'O'
                      and t.tgfoid = 'public.audit_change()'::regprocedure) is distinct from 28""";

            assertThat(superuser.texts(unrecorded)).isEmpty();

            superuser.update("drop trigger audit_delete on works");
            assertThat(superuser.texts(unrecorded)).containsExactly("works");
        }
    }

    @Test
    void maintenanceWhenRunThenMonthsAreMadeAheadAndOldOnesDropped() throws SQLException {
        try (Session session = Migrated.server().connectAs("postgres")) {
            session.update(
                    "create table audit_200001 partition of audit for values from ('2000-01-01+0') to ('2000-02-01+0')");
            session.update("alter table audit_200001 owner to latchkey_owner");
            session.update(
                    "insert into audit (owner_id, at, action, table_name, row_id) values (?, '2000-01-15', 'create', 'works', ?)",
                    owner,
                    id);
            session.update("set local role latchkey_maintenance");

            List<String> done = session.texts("select unnest(maintenance.audit_months(1200, 13))");
            assertThat(done).hasSize(1).first().asString().startsWith("made audit_");
            assertThat(session.texts("select unnest(maintenance.audit_months(12, 13))"))
                    .containsExactly("dropped audit_200001");
            assertThatThrownBy(() -> session.update("select from public.audit"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void maintenanceWhenAMonthHasRowsAlreadyThenTheyAreLeftWhereTheyAre() throws SQLException {
        try (Session session = Migrated.server().connectAs("postgres")) {
            session.update(
                    "insert into audit (owner_id, at, action, table_name, row_id) values (?, now() + interval '13 months', 'create', 'works', ?)",
                    owner,
                    id);

            assertThat(session.text("select unnest(maintenance.audit_months(12, 13))"))
                    .startsWith("left in audit_rest: audit_");
            assertThat(session.text("select count(*) from audit_rest where owner_id = ?", owner))
                    .isEqualTo("1");
        }
    }

    @Test
    void maintenanceWhenNothingIsToBeKeptThenItIsRefused() throws SQLException {
        try (Session session = Migrated.server().connectAs("postgres")) {
            assertThatThrownBy(() -> session.update("select maintenance.audit_months(0)"))
                    .hasMessageContaining("at least 1 month is kept");
        }
    }
}
