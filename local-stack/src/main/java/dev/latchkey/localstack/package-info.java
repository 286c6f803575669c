/**
 * Starts the real parts of Latchkey as processes on this machine, for development and for integration tests: Postgres,
 * Keycloak, the API, and stand-ins for what lies outside (Google, GitHub, a mail server).
 *
 * <p>All default passwords and secrets of the project live here and nowhere else. Nothing that ships may depend on this
 * package.
 */
@NullMarked
package dev.latchkey.localstack;

import org.jspecify.annotations.NullMarked;
