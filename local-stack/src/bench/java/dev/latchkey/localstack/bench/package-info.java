/** What our providers cost Keycloak: {@code mvn -Psignin-bench}. Measures and judges; no test. */
package dev.latchkey.localstack.bench;
