package dev.latchkey.realm.account;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is asked, and for whom.
 *
 * @param actorUid 43 characters base64url
 * @param reason why it may be asked, such as the file number of a court
 * @param askedBy who wants to know
 * @param auditLog the file that a line is added to
 */
record Question(String realm, String actorUid, String reason, String askedBy, Path auditLog) {

    static final String USAGE = """
            which-account --actor-uid <actor_uid> --reason <why> --asked-by <who> --audit-log <file> [--realm latchkey]

            Prints the Keycloak user id of the account that an actor_uid belongs to, and adds a line to the audit log.
            Environment: KEYCLOAK_URL, KC_BOOTSTRAP_ADMIN_USERNAME and KC_BOOTSTRAP_ADMIN_PASSWORD of an administrator who may see users,
            ACTOR_UID_SECRET (asked for when it is not set; never an argument, which others on the machine could read).
            Exit status: 0 found, 1 no such account, 2 not answered.
            """;

    private static final Set<String> OPTIONS =
            Set.of("--actor-uid", "--reason", "--asked-by", "--audit-log", "--realm");

    private static final Pattern ACTOR_UID = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** @throws IllegalArgumentException with a sentence for whoever typed it */
    static Question of(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            if (!OPTIONS.contains(option) || !rest.hasNext()) {
                throw new IllegalArgumentException("Options and values in turn, please");
            }
            given.put(option, rest.next());
        }
        String actorUid = required(given, "--actor-uid");
        if (!ACTOR_UID.matcher(actorUid).matches()) {
            throw new IllegalArgumentException("An actor_uid has 43 characters of A-Z a-z 0-9 _ -");
        }
        return new Question(
                given.getOrDefault("--realm", "latchkey"),
                actorUid,
                required(given, "--reason"),
                required(given, "--asked-by"),
                Path.of(required(given, "--audit-log")));
    }

    private static String required(Map<String, String> given, String option) {
        String value = given.get(option);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(option + " is missing");
        }
        return value;
    }
}
