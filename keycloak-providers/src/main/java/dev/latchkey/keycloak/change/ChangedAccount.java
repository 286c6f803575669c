package dev.latchkey.keycloak.change;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose account an event of Keycloak's administration is about, by the address of what was changed. */
final class ChangedAccount {

    /** {@code users/{id}} with whatever is below it, and {@code members/{user id}} of an organization or one of its groups. */
    private static final Pattern PATH =
            Pattern.compile("(?:users|organizations/[^/]+(?:/groups/[^/]+)?/members)/([A-Za-z0-9._:-]{1,255})(?:/.*)?");

    private ChangedAccount() {}

    static Optional<String> in(String resourcePath) {
        Matcher path = PATH.matcher(resourcePath);
        return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
    }
}
