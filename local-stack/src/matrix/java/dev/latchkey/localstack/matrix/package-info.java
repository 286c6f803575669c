/** Runs the journeys on several versions of Keycloak and says what they gave. Not part of the tests. */
package dev.latchkey.localstack.matrix;
