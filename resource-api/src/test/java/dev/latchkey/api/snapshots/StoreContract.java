package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.Resource;

/** What holds of every store. */
abstract class StoreContract {

    /** All kinds of characters that an owner's id can have. */
    final String alice = "A:z_09.-" + UUID.randomUUID();

    final String bob = UUID.randomUUID().toString();
    final UUID id = UUID.randomUUID();

    @TempDir
    Path drafts;

    abstract SnapshotStore store();

    Path draft(byte[] bytes) throws IOException {
        return Files.write(drafts.resolve(UUID.randomUUID() + ".zip"), bytes);
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    List<SnapshotStore.Kept> kept(String owner) {
        List<SnapshotStore.Kept> kept = new ArrayList<>();
        store().each(each -> {
            if (each.owner().equals(owner)) {
                kept.add(each);
            }
        });
        return kept;
    }

    @Test
    void givenAnArchive_thenAllOfItAndItsPartsCanBeReadAndOnlyAsItsOwners() throws IOException {
        byte[] bytes = random(300_000);
        store().keep(draft(bytes), alice, id);

        Resource content = store().content(alice, id, bytes.length);
        assertThat(content.isReadable()).isTrue();
        assertThat(content.contentLength()).isEqualTo(bytes.length);
        assertThat(content.getContentAsByteArray()).isEqualTo(bytes);
        try (InputStream part = content.getInputStream()) {
            part.skipNBytes(200_000);
            assertThat(part.readNBytes(10)).isEqualTo(Arrays.copyOfRange(bytes, 200_000, 200_010));
            part.skipNBytes(10);
            assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 200_020, 300_000));
        }
        assertThat(store().content(bob, id, bytes.length).isReadable()).isFalse();
        assertThat(store().content(alice, UUID.randomUUID(), bytes.length).isReadable())
                .isFalse();
    }

    @Test
    void givenItIsDeleted_thenItIsNotThereAndMayBeDeletedAgain() throws IOException {
        store().keep(draft(random(1)), alice, id);
        store().keep(draft(random(2)), bob, id);

        store().delete(alice, id);
        store().delete(alice, id);

        assertThat(store().content(alice, id, 1).isReadable()).isFalse();
        assertThat(kept(alice)).isEmpty();
        assertThat(store().content(bob, id, 2).isReadable()).isTrue();
    }

    @Test
    void givenSome_thenEachIsTold() throws IOException {
        UUID another = UUID.randomUUID();
        store().keep(draft(random(1)), alice, id);
        store().keep(draft(random(1)), bob, id);
        store().keep(draft(random(1)), alice, another);

        assertThat(kept(alice)).extracting(SnapshotStore.Kept::id).containsExactlyInAnyOrder(id, another);
        assertThat(kept(alice))
                .allSatisfy(kept -> assertThat(kept.at()).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS)));
        List<String> owners = new ArrayList<>();
        store().each(kept -> owners.add(kept.owner()));
        owners.removeIf(owner -> !owner.equals(alice) && !owner.equals(bob));
        assertThat(owners)
                .as("those of an owner one after the other")
                .isIn(List.of(alice, alice, bob), List.of(bob, alice, alice));
    }
}
