package dev.latchkey.rowsecurity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom rows belong to, and who acts for them.
 *
 * @param id the owner of the rows: 1 to 128 characters of {@code [A-Za-z0-9._:-]}
 * @param actor pseudonym of who does it, of the same form; null when nobody in particular acts
 */
public record Owner(String id, @Nullable String actor) {

    /** What may stand in an owner id needs no escaping in SQL text, JSON or a log line. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** @throws InvalidOwnerException if the id or the actor has another form */
    public Owner {
        if (!FORM.matcher(id).matches()) {
            throw new InvalidOwnerException("An owner id is 1 to 128 characters of A-Z a-z 0-9 . _ : -");
        }
        if (actor != null && !FORM.matcher(actor).matches()) {
            throw new InvalidOwnerException("An actor is 1 to 128 characters of A-Z a-z 0-9 . _ : -");
        }
    }

    /** An owner for whom nobody in particular acts. */
    public static Owner of(String id) {
        return new Owner(id, null);
    }
}
