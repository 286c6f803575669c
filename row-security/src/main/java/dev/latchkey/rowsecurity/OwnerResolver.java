package dev.latchkey.rowsecurity;

import org.jspecify.annotations.Nullable;

/**
 * Tells on whose behalf the current thread acts when no {@link OwnerScope} says so. An application supplies one bean, which
 * typically reads the authenticated principal of the web request. It must answer from memory: a query would need an owner itself.
 */
@FunctionalInterface
public interface OwnerResolver {

    /** The owner of the authenticated request, or null if there is none: SQL is then refused. */
    @Nullable
    Owner resolve();
}
