package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Uuid;
import dev.latchkey.rowsecurity.InvalidOwnerException;
import dev.latchkey.rowsecurity.Owner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an archive is called in a store. The owner's id is encoded, so that nothing that a token says stands in a path, and can be told from
 * the name, so that what nobody knows of any more can be found on the owner's behalf.
 */
record StoredName(String owner, UUID id) {

    private static final String SUFFIX = ".zip";

    /** The part before the last slash. */
    static String directory(String owner) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(owner.getBytes(StandardCharsets.UTF_8));
    }

    String directory() {
        return directory(owner);
    }

    String file() {
        return id + SUFFIX;
    }

    /** Null if it is no name of ours. */
    static @Nullable StoredName parse(String directory, String file) {
        UUID id = file.endsWith(SUFFIX) ? Uuid.parse(file.substring(0, file.length() - SUFFIX.length())) : null;
        if (id == null) {
            return null;
        }
        try {
            Owner owner = Owner.of(new String(Base64.getUrlDecoder().decode(directory), StandardCharsets.UTF_8));
            StoredName name = new StoredName(owner.id(), id);
            return name.directory().equals(directory) ? name : null;
        } catch (IllegalArgumentException | InvalidOwnerException e) {
            return null;
        }
    }
}
