package dev.latchkey.keycloak.upstream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The oldest Keycloak that this jar works with. Before it, organizations have no groups, which are a workspace's roles; before 26.5, brokers
 * are of another type too. A server that started all the same would fail in the middle of somebody's sign-in.
 */
final class OldestKeycloak {

    private static final int MAJOR = 26;
    private static final int MINOR = 7;

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\b.*");

    private OldestKeycloak() {}

    /**
     * To be called when the server starts.
     *
     * @throws IllegalStateException whose message Keycloak logs, and starts no further
     */
    static void require(String version) {
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
