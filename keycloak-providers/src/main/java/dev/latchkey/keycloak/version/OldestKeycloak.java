package dev.latchkey.keycloak.version;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The oldest Keycloak that this jar is tested with. An older one that started all the same would fail in the middle of somebody's sign-in. */
public final class OldestKeycloak {

    private static final int MAJOR = 26;
    private static final int MINOR = 4;

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\b.*");

    private OldestKeycloak() {}

    /**
     * To be called when the server starts.
     *
     * @throws IllegalStateException whose message Keycloak logs, and starts no further
     */
    public static void require(String version) {
        Matcher numbers = NUMBERS.matcher(version);
        if (numbers.matches() && isOlder(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))) {
            throw new IllegalStateException(
                    "keycloak-providers.jar needs Keycloak %d.%d or newer, and this is %s: start a newer Keycloak, or take the jar out of its providers directory"
                            .formatted(MAJOR, MINOR, version));
        }
    }

    private static boolean isOlder(int major, int minor) {
        return major < MAJOR || (major == MAJOR && minor < MINOR);
    }
}
