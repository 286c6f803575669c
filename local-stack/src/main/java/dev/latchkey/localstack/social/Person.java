package dev.latchkey.localstack.social;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sample person with an account at both providers.
 *
 * @param login name at GitHub, which people may change
 * @param googleSubject Google's stable id: digits, longer than a long
 * @param gitHubId GitHub's stable id
 * @param email null if the person shares none
 * @param emailVerified whether the provider has verified the e-mail
 */
public record Person(
        String login,
        String givenName,
        String familyName,
        String googleSubject,
        long gitHubId,
        @Nullable String email,
        boolean emailVerified) {

    public static final Person ADA =
            new Person("ada", "Ada", "Lovelace", "110248495921238986420", 1815_12_10, "ada@example.test", true);
    public static final Person GRACE =
            new Person("grace", "Grace", "Hopper", "104857600000000019061", 1906_12_09, "grace@example.test", true);
    public static final Person UNVERIFIED =
            new Person("umbra", "Umbra", "Unverified", "117000000000000000404", 404_404, "umbra@example.test", false);

    public static final List<Person> SAMPLES = List.of(ADA, GRACE, UNVERIFIED);

    public String name() {
        return givenName + " " + familyName;
    }
}
