package dev.latchkey.rowsecurity;

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

    private static final int LONGEST_ID = 128;
    private static final int LONGEST_ORIGIN = 200;

    /** What may stand in an owner id needs no escaping in SQL text, JSON or a log line. */
    private static final String MARKS_OF_IDS = "._:-";

    private static final String MARKS_OF_ORIGINS = MARKS_OF_IDS + '/';

    /** @throws InvalidOwnerException if the id, the actor or the origin has another form */
    public Owner {
        if (!isOf(id, LONGEST_ID, MARKS_OF_IDS)) {
            throw new InvalidOwnerException("An owner id is 1 to 128 characters of A-Z a-z 0-9 . _ : -");
        }
        if (actor != null && !isOf(actor, LONGEST_ID, MARKS_OF_IDS)) {
            throw new InvalidOwnerException("An actor is 1 to 128 characters of A-Z a-z 0-9 . _ : -");
        }
        if (origin != null && !isOf(origin, LONGEST_ORIGIN, MARKS_OF_ORIGINS)) {
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

    /** Of letters, digits and marks. No regular expression: owners are made several times for each request. */
    private static boolean isOf(String text, int longest, String marks) {
        if (text.isEmpty() || text.length() > longest) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
