package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What operators see, at the address where they see it. */
class SnapshotMetricsIT extends SnapshotTest {

    private final String alice = newOwner();

    @LocalManagementPort
    private int managementPort;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private SnapshotJobs jobs;

    @Autowired
    private OwnerScope scope;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void givenOneIsMadeAndRestored_thenItIsCounted() throws IOException {
        double made = metric("latchkey_snapshots_made_seconds_count{outcome=\"success\"}");
        double sizes = metric("latchkey_snapshots_size_bytes_count");
        double restored = metric("latchkey_snapshots_restored_seconds_count{outcome=\"success\"}");
        double broken = metric("latchkey_snapshots_restored_seconds_count{outcome=\"failure\"}");

        JsonNode snapshot = snapshot(alice);
        String path = "/v1/snapshots/" + snapshot.path("id").stringValue();
        post(alice, path + "/restore", "{\"mode\":\"merge\"}");
        ended(alice, path);
        StoredName name =
                new StoredName(alice, UUID.fromString(snapshot.path("id").stringValue()));
        Path file = DIRECTORY.resolve(name.directory()).resolve(name.file());
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
        post(alice, path + "/restore", "{\"mode\":\"merge\"}");
        ended(alice, path);

        assertThat(metric("latchkey_snapshots_made_seconds_count{outcome=\"success\"}"))
                .isEqualTo(made + 1);
        // The one before the restore as well.
        assertThat(metric("latchkey_snapshots_size_bytes_count")).isEqualTo(sizes + 2);
        assertThat(metric("latchkey_snapshots_restored_seconds_count{outcome=\"success\"}"))
                .isEqualTo(restored + 1);
        assertThat(metric("latchkey_snapshots_restored_seconds_count{outcome=\"failure\"}"))
                .isEqualTo(broken + 1);
        assertThat(scrape())
                .doesNotContain(alice, name.directory(), snapshot.path("id").stringValue());
    }

    @Test
    void givenAJobThatWaits_thenItIsSeenForHowLong() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(3);
        Runnable job = () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                done.countDown();
            }
        };
        try {
            assertThat(waiting()).isZero();
            for (int i = 0; i < 3; i++) {
                scope.runAs(
                        Owner.of(alice),
                        () -> transaction.executeWithoutResult(status -> jobs.submit(UUID.randomUUID(), job)));
            }
            await().until(() -> waiting() > 0);
        } finally {
            end.countDown();
        }
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(waiting()).isZero();
    }

    private double waiting() {
        return registry.get("latchkey.snapshots.waiting").timeGauge().value(TimeUnit.SECONDS);
    }

    private double metric(String name) {
        return scrape().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private String scrape() {
        int api = port;
        try {
            port = managementPort;
            return send(request("/prometheus")).body();
        } finally {
            port = api;
        }
    }
}
