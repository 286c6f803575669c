package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Requests with an {@code Idempotency-Key}, sent again. */
class SnapshotOnceIT extends SnapshotTest {

    private static final int AT_ONCE = 2;

    /** Those that run and those that wait. */
    private static final int MOST_JOBS = AT_ONCE + 50;

    private final String alice = newOwner();
    private final String key = UUID.randomUUID().toString();

    @Autowired
    private SnapshotJobs jobs;

    @Autowired
    private OwnerScope scope;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void whenOneIsAskedForAgain_thenItIsMadeOnce() {
        HttpResponse<String> first = ask("/v1/snapshots", "");
        String path = location(first);
        assertThat(ended(alice, path).path("state").stringValue()).isEqualTo("ready");

        assertAnswered(ask("/v1/snapshots", ""), first);

        assertThat(json(get(alice, "/v1/snapshots")).path("items").size()).isEqualTo(1);
        // And it is told as it was, gone or not.
        assertThat(send(as(alice, path).DELETE()).statusCode()).isEqualTo(204);
        assertAnswered(ask("/v1/snapshots", ""), first);
        assertThat(json(get(alice, "/v1/snapshots")).path("items").isEmpty()).isTrue();
    }

    @Test
    void whenARestoreIsAskedForAgain_thenItIsDoneOnce() {
        String work = "/v1/works/" + create(alice, "/v1/works", "{\"title\":\"then\"}");
        String path = "/v1/snapshots/" + snapshot(alice).path("id").stringValue();
        HttpResponse<String> first = ask(path + "/restore", "{\"mode\":\"replace\"}");
        assertThat(ended(alice, path).path("restore").path("state").stringValue())
                .isEqualTo("done");
        send(alice, "PATCH", work, "{\"title\":\"later\"}");

        assertAnswered(ask(path + "/restore", "{\"owner_id\":\"x\",\"mode\":\"replace\"}"), first);

        assertThat(isUnderWay(json(get(alice, path)))).isFalse();
        assertThat(json(get(alice, work)).path("title").stringValue()).isEqualTo("later");
        // That one and the one before the restore.
        assertThat(json(get(alice, "/v1/snapshots")).path("items").size()).isEqualTo(2);
    }

    @Test
    void whenAnArchiveIsUploadedAgain_thenItIsKeptOnce() throws IOException {
        byte[] archive = archive(alice, snapshot(alice));
        String bob = newOwner();
        HttpResponse<String> first = upload(bob, archive);
        assertThat(first.statusCode()).isEqualTo(201);

        assertAnswered(upload(bob, archive), first);
        create(alice, "/v1/works", "{\"title\":\"w\"}");
        assertProblem(upload(bob, archive(alice, snapshot(alice))), 422, "idempotency_key_reused");

        assertThat(json(get(bob, "/v1/snapshots")).path("items").size()).isEqualTo(1);
        assertThat(files(bob)).isEqualTo(1);
        assertThat(archive(bob, json(first))).isEqualTo(archive);
    }

    @Test
    void whenTheKeyComesWithAnotherRequest_thenRefused() {
        String path = location(ask("/v1/snapshots", ""));
        JsonNode made = ended(alice, path);

        assertProblem(ask(path + "/restore", "{\"mode\":\"merge\"}"), 422, "idempotency_key_reused");
        assertProblem(ask("/v1/works", "{\"title\":\"w\"}"), 422, "idempotency_key_reused");
        assertProblem(upload(alice, archive(alice, made)), 422, "idempotency_key_reused");
        assertThat(json(get(alice, path)).path("restore").isNull()).isTrue();

        String other = UUID.randomUUID().toString();
        assertThat(ask(other, path + "/restore", "{\"mode\":\"merge\"}").statusCode())
                .isEqualTo(202);
        ended(alice, path);
        assertProblem(ask(other, path + "/restore", "{\"mode\":\"replace\"}"), 422, "idempotency_key_reused");
    }

    @Test
    void whenItIsRefused_thenNothingIsKeptOfItAndItMayBeSentAgain() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(MOST_JOBS);
        CountDownLatch begun = new CountDownLatch(AT_ONCE);
        try {
            for (int i = 0; i < MOST_JOBS; i++) {
                if (i == AT_ONCE) {
                    // Else those that have not begun yet take room in the queue as well.
                    begun.await();
                }
                scope.runAs(
                        Owner.of(newOwner()),
                        () -> transaction.executeWithoutResult(status -> jobs.submit(UUID.randomUUID(), () -> {
                            begun.countDown();
                            try {
                                end.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            } finally {
                                ended.countDown();
                            }
                        })));
            }

            assertProblem(ask("/v1/snapshots", ""), 503, "unavailable");
            assertThat(json(get(alice, "/v1/snapshots")).path("items").isEmpty())
                    .isTrue();
        } finally {
            end.countDown();
        }
        ended.await();

        HttpResponse<String> taken = ask("/v1/snapshots", "");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(ended(alice, location(taken)).path("state").stringValue()).isEqualTo("ready");
    }

    /** What the transaction does not keep is not done either. */
    @Test
    void whenTheTransactionIsNotCommitted_thenTheWorkIsNotDone() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch both = new CountDownLatch(2);
        Runnable meeting = () -> {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        scope.runAs(Owner.of(alice), () -> {
            transaction.executeWithoutResult(status -> {
                jobs.submit(UUID.randomUUID(), done::countDown);
                status.setRollbackOnly();
            });
            transaction.executeWithoutResult(status -> {
                jobs.submit(UUID.randomUUID(), meeting);
                jobs.submit(UUID.randomUUID(), meeting);
            });
        });
        // Both threads are at what came later.
        both.await();

        assertThat(done.getCount()).isEqualTo(1);
    }

    private HttpResponse<String> ask(String path, String json) {
        return ask(key, path, json);
    }

    private HttpResponse<String> ask(String idempotencyKey, String path, String json) {
        return send(as(alice, path)
                .header("Idempotency-Key", idempotencyKey)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> upload(String owner, byte[] archive) {
        return send(as(owner, "/v1/snapshots/upload")
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofByteArray(archive)));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static void assertAnswered(HttpResponse<String> again, HttpResponse<String> first) {
        assertThat(again.statusCode()).as(again.body()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(location(again)).isEqualTo(location(first));
    }

    private static long files(String owner) throws IOException {
        StoredName name = new StoredName(owner, UUID.randomUUID());
        try (Stream<Path> files = Files.list(DIRECTORY.resolve(name.directory()))) {
            return files.count();
        }
    }
}
