package dev.latchkey.api.retention;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Runs the functions as {@code latchkey_maintenance}. Each is a transaction, can be repeated, and suffers others beside it. */
@Component
final class Retention implements SchedulingConfigurer {

    private static final Duration INTERVAL = Duration.ofDays(1);

    /** Not in the minutes in which a fleet starts anew. */
    private static final Duration FIRST = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final RetentionSettings settings;
    private final JdbcClient jdbc;

    Retention(RetentionSettings settings, DataSourceProperties database) {
        this.settings = settings;
        // No bean, and so not bound: this role may execute the functions and has no right on any table. A connection
        // for each call.
        var maintenance =
                new DriverManagerDataSource(database.determineUrl(), "latchkey_maintenance", settings.password());
        var properties = new Properties();
        properties.setProperty("ApplicationName", "resource-api retention");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("connectTimeout", "2");
        maintenance.setConnectionProperties(properties);
        this.jdbc = JdbcClient.create(maintenance);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        if (settings.on()) {
            tasks.addFixedDelayTask(new IntervalTask(this::daily, INTERVAL, FIRST));
        }
    }

    Retained run() {
        return new Retained(
                count("select maintenance.expire_receipts()"),
                count("select maintenance.expire_rate_limits()"),
                jdbc.sql("select maintenance.audit_months(?)")
                        .param(settings.auditMonths())
                        .query((row, i) -> strings(row.getArray(1)))
                        .single());
    }

    private void daily() {
        try {
            log.info("{}", run());
        } catch (DataAccessException e) {
            log.warn(
                    "Retention failed and is tried again in a day: {}",
                    NestedExceptionUtils.getMostSpecificCause(e).toString());
        }
    }

    private long count(String function) {
        return jdbc.sql(function).query(Long.class).single();
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /**
     * What was done.
     *
     * @param receipts how many were deleted
     * @param rateLimits how many budgets that are full again were deleted
     * @param audit months that were made or dropped, or why not, in words
     */
    record Retained(long receipts, long rateLimits, List<String> audit) {}
}
