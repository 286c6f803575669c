package dev.latchkey.api.table;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client may set in a row: a record that Jackson reads strictly and whose components say their limits. */
public interface Fields {

    /** Alone ignored of all that is unknown: rows of backups and other systems carry one, and the database knows whose they are. */
    String OWNER_ID = "owner_id";

    /** The row's id: chosen by the client, or made from other fields; null if the server is to make one up. */
    @Nullable
    UUID id();
}
