package dev.latchkey.realm;

import dev.latchkey.realm.account.WhichAccount;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Applies the declared realm to the Keycloak that the environment names, and ends: the realm job of Compose. With {@code which-account} as
 * its first argument it answers that instead.
 */
final class RealmJob {

    private RealmJob() {}

    /** Ends with status 1 and one sentence if the realm could not be applied. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("which-account")) {
            System.exit(new WhichAccount(System.getenv(), System.out, System.err)
                    .run(List.of(args).subList(1, args.length)));
        }
        try {
            run(System.getenv());
        } catch (RealmException | MissingVariableException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Map<String, String> environment) {
        Realm realm = Realm.declared().resolved(environment);
        try (RealmApplier applier = new RealmApplier(
                URI.create(required(environment, "KEYCLOAK_URL")),
                required(environment, "KC_BOOTSTRAP_ADMIN_USERNAME"),
                required(environment, "KC_BOOTSTRAP_ADMIN_PASSWORD"),
                line -> System.out.println(line))) {
            int changes = applier.apply(realm);
            System.out.printf("Realm %s: %s%n", realm.name(), changes == 0 ? "unchanged" : "applied");
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new MissingVariableException(new TreeSet<>(List.of(name)));
        }
        return value;
    }
}
