package dev.latchkey.api.snapshots;

import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** When which owner's snapshot is due. */
@Component
@Transactional(propagation = Propagation.REQUIRES_NEW)
class Schedule {

    private final JdbcClient jdbc;

    Schedule(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An owner who is due, whom nobody else takes for a quarter of an hour. For work that is bound to nobody. */
    public Optional<String> take() {
        return jdbc.sql("""
                        update snapshot_schedules set due_at = now() + interval '15 minutes'
                        where id = (select id from snapshot_schedules where due_at <= now() order by due_at limit 1 for update skip locked)
                        returning id""").query(String.class).optional();
    }

    /** Puts off the next snapshot of the owner in scope. */
    public void next(Duration after) {
        jdbc.sql(
                        "update snapshot_schedules set due_at = now() + make_interval(secs => ?) where id = app.current_owner()")
                .param(after.toSeconds())
                .update();
    }
}
