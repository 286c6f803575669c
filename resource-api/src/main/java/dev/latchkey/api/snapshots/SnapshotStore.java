package dev.latchkey.api.snapshots;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.core.io.Resource;

/** Where archives are kept. One is there whole or not at all, and never changes. */
interface SnapshotStore {

    /** No store takes longer to keep an archive, of whatever size. */
    Duration LONGEST_KEEP = Duration.ofMinutes(90);

    /** Makes the draft the owner's archive of that id. The draft may be gone afterwards. */
    void keep(Path draft, String owner, UUID id);

    /**
     * The archive, of which parts can be read. Not readable if it is not there.
     *
     * @param size bytes
     */
    Resource content(String owner, UUID id, long size);

    /** Also of one that is not there. */
    void delete(String owner, UUID id);

    /** Each archive that there is, of whomever; those of an owner one after the other. */
    void each(Consumer<Kept> consumer);

    /**
     * An archive that there is.
     *
     * @param at when it was kept
     */
    record Kept(String owner, UUID id, Instant at) {}
}
