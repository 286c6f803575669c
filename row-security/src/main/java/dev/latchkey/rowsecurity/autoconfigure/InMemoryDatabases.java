package dev.latchkey.rowsecurity.autoconfigure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.util.ClassUtils;

/**
 * Data sources that row security leaves alone: databases in the memory of this process (H2, HSQLDB, Derby), as tests and first
 * steps use them. They know no row security, and forget everything when the process ends.
 */
final class InMemoryDatabases {

    private static final Log LOG = LogFactory.getLog(InMemoryDatabases.class);

    private final Set<DataSource> found =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    /** Asks the database once, and only where a driver of such a database is on the class path. */
    boolean recognize(DataSource dataSource, String beanName) {
        if (!Boot.isInMemory(dataSource)) {
            return false;
        }
        if (found.add(dataSource)) {
            LOG.warn("Nothing is protected in data source " + beanName
                    + ": it is an in-memory database, and row security is a matter of Postgres");
        }
        return true;
    }

    boolean contains(DataSource dataSource) {
        return found.contains(dataSource);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Apart, because an application that defines its data source by hand may have no spring-boot-jdbc. */
    private static final class Boot {

        private static final ClassLoader LOADER = InMemoryDatabases.class.getClassLoader();
        private static final boolean PRESENT =
                ClassUtils.isPresent("org.springframework.boot.jdbc.EmbeddedDatabaseConnection", LOADER);

        static boolean isInMemory(DataSource dataSource) {
            return PRESENT
                    && EmbeddedDatabaseConnection.get(LOADER) != EmbeddedDatabaseConnection.NONE
                    && EmbeddedDatabaseConnection.isEmbedded(dataSource);
        }
    }
}
