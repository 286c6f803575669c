package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import dev.latchkey.rowsecurity.binding.BindingOptions;
import dev.latchkey.rowsecurity.doctor.Doctor;
import dev.latchkey.rowsecurity.doctor.Finding;
import dev.latchkey.rowsecurity.doctor.UnsafeDatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** Asks the doctor about every data source: once when all beans are there, before a server listens, and whenever it is asked. */
final class Checkup implements SmartInitializingSingleton {

    private static final Log LOG = LogFactory.getLog(Checkup.class);

    private final ListableBeanFactory beans;
    private final OwnerScope scope;
    private final BindingProbe probe;
    private final InMemoryDatabases inMemory;
    private final Doctor doctor = new Doctor();

    Checkup(ListableBeanFactory beans, OwnerScope scope, BindingOptions options, InMemoryDatabases inMemory) {
        this.beans = beans;
        this.scope = scope;
        this.probe = new BindingProbe(scope, options);
        this.inMemory = inMemory;
    }

    /**
     * Stops the start, unless the database only observes: then the findings are logged.
     *
     * @throws UnsafeDatabaseException if there is any finding
     */
    @Override
    public void afterSingletonsInstantiated() {
        List<Finding> findings = new ArrayList<>();
        bound().forEach(dataSource -> {
            List<Finding> found = examine(dataSource);
            if (onlyObserves(dataSource)) {
                found.forEach(finding -> LOG.warn("Row security only observes, and will not start: " + finding));
            } else {
                findings.addAll(found);
            }
        });
        if (!findings.isEmpty()) {
            throw new UnsafeDatabaseException(findings);
        }
    }

    private static boolean onlyObserves(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(BindingDataSource.class)
                    && dataSource.unwrap(BindingDataSource.class).onlyObserves();
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    List<Finding> examine() {
        return bound().flatMap(dataSource -> examine(dataSource).stream()).toList();
    }

    private Stream<DataSource> bound() {
        return DataSourceBinder.all(beans).filter(dataSource -> !inMemory.contains(dataSource));
    }

    private List<Finding> examine(DataSource dataSource) {
        List<Finding> findings = scope.unowned("doctor", () -> diagnose(dataSource));
        // What is wrong with the function explains why it answers wrongly.
        return findings.isEmpty() ? probe.examine(dataSource).stream().toList() : findings;
    }

    private List<Finding> diagnose(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return doctor.examine(connection);
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    static RuntimeException translated(SQLException e) {
        var translated = new SQLStateSQLExceptionTranslator().translate("examining row security", null, e);
        return translated != null ? translated : new IllegalStateException(e);
    }
}
