package dev.latchkey.api.ops;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.doctor.Doctor;
import dev.latchkey.rowsecurity.doctor.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the doctor finds now: health says only that there is something. */
@RestController
@ConditionalOnBooleanProperty("latchkey.internal-ops-routes")
final class DoctorController {

    private final DataSource database;
    private final OwnerScope scope;

    DoctorController(DataSource database, OwnerScope scope) {
        this.database = database;
        this.scope = scope;
    }

    @GetMapping(path = "/internal/ops/doctor", produces = MediaType.APPLICATION_JSON_VALUE)
    Report report() {
        return new Report(Instant.now(), scope.unowned("the doctor examines what everybody shares", this::examine));
    }

    private List<Finding> examine() {
        try (Connection connection = database.getConnection()) {
            return new Doctor().examine(connection);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("The database cannot be examined", e);
        }
    }

    /** @param findings in the order in which they are best mended; empty if all is well */
    record Report(Instant examinedAt, List<Finding> findings) {}
}
