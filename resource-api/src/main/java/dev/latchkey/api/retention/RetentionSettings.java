package dev.latchkey.api.retention;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * See docs/reference/configuration.md.
 *
 * @param password of {@code latchkey_maintenance}; empty: somebody else sees to retention
 * @param auditMonths how many months of the audit trail are kept beside the current one, at least 1
 */
@ConfigurationProperties("latchkey.retention")
record RetentionSettings(String password, int auditMonths) {

    RetentionSettings {
        if (auditMonths < 1) {
            throw new IllegalArgumentException("LATCHKEY_AUDIT_MONTHS must be at least 1: it is " + auditMonths);
        }
    }

    boolean on() {
        return !password.isEmpty();
    }
}
