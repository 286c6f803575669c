package org.keycloak.broker.provider;

/**
 * Keycloak's name until 26.4 for what is {@link UserAuthenticationIdentityProvider.AuthenticationCallback} since. For the compiler alone, so
 * that a method can have it in its signature: it is not in the jar.
 */
public interface IdentityProvider$AuthenticationCallback {}
