package dev.latchkey.keycloak.owner;

import java.util.regex.Pattern;

/**
 * An owner's id as tokens and rows carry it.
 *
 * @param value 1 to 128 of {@code [A-Za-z0-9._:-]}
 */
record OwnerId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** @throws IllegalArgumentException if the value has another form; the message does not repeat it */
    OwnerId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an owner_id is 1 to 128 of A-Z a-z 0-9 . _ : -");
        }
    }
}
