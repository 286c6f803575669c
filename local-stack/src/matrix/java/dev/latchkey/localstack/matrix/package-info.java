/** What a run on several versions of Keycloak gave. Not part of the tests. */
package dev.latchkey.localstack.matrix;
