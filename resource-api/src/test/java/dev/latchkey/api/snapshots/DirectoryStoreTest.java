package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class DirectoryStoreTest extends StoreContract {

    @TempDir
    Path root;

    @Override
    SnapshotStore store() {
        return new DirectoryStore(new SnapshotSettings(
                SnapshotSettings.Store.DIRECTORY,
                new SnapshotSettings.S3("", "", "", false),
                root,
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                Duration.ZERO,
                1,
                Duration.ZERO));
    }

    @Test
    void givenOneIsGoneThatWasListed_thenTheOthersAreToldOf() throws IOException {
        UUID there = UUID.randomUUID();
        StoredName gone = new StoredName("alice", UUID.randomUUID());
        store().keep(Files.createTempFile(root, "draft", ".zip"), "alice", there);
        Files.createSymbolicLink(root.resolve(gone.directory()).resolve(gone.file()), root.resolve("nowhere"));

        List<UUID> told = new ArrayList<>();
        store().each(kept -> told.add(kept.id()));

        assertThat(told).containsExactly(there);
    }
}
