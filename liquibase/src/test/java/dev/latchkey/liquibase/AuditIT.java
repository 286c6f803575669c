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
            session.update("delete from works where id = ?", id);

            assertThat(session.texts(TRAIL)).contains("delete assets " + asset + " actor request device");
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
    void tableWhenItHoldsOwnersDataThenItsChangesAreRecorded() throws SQLException {
        try (Session superuser = Migrated.server().connectAs("postgres")) {
            String unrecorded = """
                    select relname from pg_class c where relrowsecurity and relnamespace = 'public'::regnamespace
                    and relname not in ('audit', 'receipts', 'rate_limits', 'snapshot_schedules') and not exists (
                      select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'O' and t.tgname = 'audit_change'
                      and t.tgfoid = 'public.audit_change()'::regprocedure and t.tgtype & 29 = 29)""";

            assertThat(superuser.texts(unrecorded)).isEmpty();

            superuser.update("drop trigger audit_change on works");
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
