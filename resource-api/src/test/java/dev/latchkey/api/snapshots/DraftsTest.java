package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class DraftsTest {

    @TempDir
    Path root;

    private Drafts drafts() {
        return new Drafts(new SnapshotSettings(
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
    void whenOneIsInUseForLong_thenItIsNotDiscarded() throws IOException {
        Drafts drafts = drafts();
        Path ours = old(drafts.create());
        Path ofOneWhoDied = old(drafts().create());

        assertThat(drafts.discardFrom(Instant.now().minus(Duration.ofDays(1)))).isEqualTo(1);

        assertThat(ours).exists();
        assertThat(ofOneWhoDied).doesNotExist();
        drafts.discard(ours);
        assertThat(ours).doesNotExist();
    }

    @Test
    void whenOneIsGoneThatWasListed_thenTheOthersAreDiscarded() throws IOException {
        Path ofOneWhoDied = old(drafts().create());
        Files.createSymbolicLink(ofOneWhoDied.resolveSibling("snapshot-gone.zip"), root.resolve("nowhere"));

        assertThat(drafts().discardFrom(Instant.now().minus(Duration.ofDays(1))))
                .isEqualTo(1);
    }

    private static Path old(Path draft) throws IOException {
        return Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }
}
