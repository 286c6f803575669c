package dev.latchkey.api.schema;

import dev.latchkey.rowsecurity.OwnerScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Refuses to start on a database that lacks a changeset of this build, before Hibernate looks at it. Further changesets than those are no
 * fault: a release is rolled out while the one before it still runs.
 */
final class SchemaCheck implements InitializingBean {

    /** The migration keeps the list there, because its own tables are not for the API's role to read. */
    private static final String APPLIED =
            "select coalesce(obj_description(to_regnamespace('liquibase'), 'pg_namespace'), '')";

    private final DataSource database;
    private final OwnerScope scope;

    SchemaCheck(DataSource database, OwnerScope scope) {
        this.database = database;
        this.scope = scope;
    }

    /** @throws SchemaBehindException if a changeset is missing */
    @Override
    public void afterPropertiesSet() {
        Changesets missing = Changesets.expected().without(applied());
        if (!missing.names().isEmpty()) {
            throw new SchemaBehindException(
                    missing.names().size(), missing.names().first());
        }
    }

    private Changesets applied() {
        return scope.unowned("what has been migrated is nobody's", () -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement query = connection.prepareStatement(APPLIED);
                    ResultSet list = query.executeQuery()) {
                list.next();
                return Changesets.of(list.getString(1));
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("The state of the schema cannot be read", e);
            }
        });
    }
}
