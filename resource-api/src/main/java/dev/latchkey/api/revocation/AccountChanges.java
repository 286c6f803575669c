package dev.latchkey.api.revocation;

import java.util.Map;

/**
 * Whose accounts an administrator has changed, as Keycloak tells it. All times are milliseconds since 1970 by its clock.
 *
 * @param until up to when this is complete
 * @param changed the last change by subject
 * @param everybody there were too many to name: everybody may be among them
 */
record AccountChanges(long until, Map<String, Long> changed, boolean everybody) {}
