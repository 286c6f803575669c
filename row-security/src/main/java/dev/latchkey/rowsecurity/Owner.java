package dev.latchkey.rowsecurity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom rows belong to, and who acts for them.
 *
 * @param id the owner of the rows: 1 to 128 characters of {@code [A-Za-z0-9._:-]}
 * @param actor pseudonym of who does it, of the same form; null when nobody in particular acts
 * @param origin where the act comes from, such as a request and a device, for a trail that triggers write: the characters of an id and
 *     {@code /}, 1 to 200 of them. It decides nothing. Null if it is not known
 */
public record Owner(
        String id, @Nullable String actor, @Nullable String origin) {

    /** What may stand in an owner id needs no escaping in SQL text, JSON or a log line. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9._:/-]{1,200}");

    /** @throws InvalidOwnerException if the id, the actor or the origin has another form */
    public Owner {
        if (!FORM.matcher(id).matches()) {
            throw new InvalidOwnerException("An owner id is 1 to 128 characters of A-Z a-z 0-9 . _ : -");
        }
        if (actor != null && !FORM.matcher(actor).matches()) {
            throw new InvalidOwnerException("An actor is 1 to 128 characters of A-Z a-z 0-9 . _ : -");
        }
        if (origin != null && !ORIGIN.matcher(origin).matches()) {
            throw new InvalidOwnerException("An origin is 1 to 200 characters of A-Z a-z 0-9 . _ : / -");
        }
    }

    /** @throws InvalidOwnerException if the id or the actor has another form */
    public Owner(String id, @Nullable String actor) {
        this(id, actor, null);
    }

    /** An owner for whom nobody in particular acts. */
    public static Owner of(String id) {
        return new Owner(id, null);
    }
}
