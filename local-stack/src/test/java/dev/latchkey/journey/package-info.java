/**
 * Journeys of a person or an application through all parts at once: the hosted login, Keycloak, the API, the database.
 * The parts run as {@link dev.latchkey.journey.RunningStack} starts them; what concerns one part alone is tested there.
 */
package dev.latchkey.journey;
