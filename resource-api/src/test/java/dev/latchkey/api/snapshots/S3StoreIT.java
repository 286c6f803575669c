package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.settings.SettingsException;
import dev.latchkey.api.testkit.LogEvents;
import dev.latchkey.api.testkit.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3StoreIT extends StoreContract {

    private final S3Server server = S3Server.INSTANCE;
    private S3Store store;

    @BeforeEach
    void open() {
        S3Server.credentials(S3Server.SECRET_KEY);
        store = store("http://localhost:" + server.port());
    }

    @AfterEach
    void close() {
        S3Server.credentials(S3Server.SECRET_KEY);
        store.close();
    }

    private static S3Store store(String endpoint) {
        return new S3Store(Bucket.open(new SnapshotSettings.S3(S3Server.BUCKET, "eu-central-1", endpoint, true)));
    }

    @Override
    SnapshotStore store() {
        return store;
    }

    /** A page of the store's list has a thousand. */
    @Test
    void givenMoreThanAPage_thenEachIsTold() throws IOException {
        Path directory = Files.createDirectories(server.objects().resolve(StoredName.directory(alice)));
        for (int i = 0; i < 1_001; i++) {
            Files.createFile(directory.resolve(UUID.randomUUID() + ".zip"));
        }

        assertThat(kept(alice)).hasSize(1_001);
    }

    @Test
    void givenNamesOfOthers_thenTheyAreNoneOfOurs() throws IOException {
        Path directory = Files.createDirectories(server.objects().resolve(StoredName.directory(alice)));
        Files.createFile(directory.resolve("README.zip"));
        Files.createFile(Files.createDirectories(directory.resolve("deeper")).resolve(id + ".zip"));
        Files.createFile(server.objects().resolve(id + ".zip"));

        assertThat(kept(alice)).isEmpty();
    }

    @Test
    void givenOnlyAPartOfIt_thenItIsNotReadable() throws IOException {
        store.keep(draft(random(10)), alice, id);

        assertThat(store.content(alice, id, 11).isReadable()).isFalse();
    }

    @Test
    void givenMoreThanOnePieceCanHave_thenItIsRefused() throws IOException {
        Path large = draft(random(1));
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(S3Store.LARGEST + 1);
        }

        assertThatThrownBy(() -> store.keep(large, alice, id))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_TOO_LARGE));
        assertThat(large).exists();
    }

    @Test
    void givenAnotherSecret_thenNothingIsDoneAndNoNameStandsInTheLog() throws IOException {
        store.keep(draft(random(1)), alice, id);
        S3Server.credentials("another");
        Path draft = draft(random(1));

        try (LogEvents log = new LogEvents()) {
            assertAllUnavailable(draft);

            assertThat(log.all())
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains("403 SignatureDoesNotMatch"))
                    .noneMatch(line -> line.contains(StoredName.directory(alice)) || line.contains(id.toString()));
        }
        S3Server.credentials(S3Server.SECRET_KEY);
        assertThat(store.content(alice, id, 1).isReadable()).isTrue();
    }

    @Test
    void givenNobodyListens_thenNothingIsDoneAndNoNameStandsInTheLog() throws IOException {
        Path draft = draft(random(1));
        store.close();
        store = store("http://localhost:1");

        try (LogEvents log = new LogEvents()) {
            assertAllUnavailable(draft);

            assertThat(log.all())
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains("java.net.ConnectException"))
                    .noneMatch(line -> line.contains(StoredName.directory(alice)) || line.contains(id.toString()));
        }
        assertThat(draft).exists();
    }

    private void assertAllUnavailable(Path draft) {
        assertUnavailable(() -> store.keep(draft, alice, id));
        assertUnavailable(() -> store.content(alice, id, 1).isReadable());
        assertUnavailable(() -> store.content(alice, id, 1).getContentAsByteArray());
        assertUnavailable(() -> store.each(kept -> {}));
        assertUnavailable(() -> store.delete(alice, id));
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    /** Seen from a proxy, so that nothing goes to Amazon. */
    @Test
    void givenAnEndpointForAllOfAmazonsClients_thenItIsNotOurs() throws Exception {
        store.close();
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            proxy.setSoTimeout(20_000);
            System.setProperty("aws.endpointUrl", "https://elsewhere.example.test");
            System.setProperty("aws.endpointUrlS3", "https://elsewhere.example.test");
            System.setProperty("https.proxyHost", "127.0.0.1");
            System.setProperty("https.proxyPort", String.valueOf(proxy.getLocalPort()));
            store = store("");
            CompletableFuture<Void> call =
                    CompletableFuture.runAsync(() -> assertUnavailable(() -> store.delete(alice, id)));

            try (Socket first = proxy.accept();
                    BufferedReader said = new BufferedReader(
                            new InputStreamReader(first.getInputStream(), StandardCharsets.ISO_8859_1))) {
                assertThat(said.readLine()).startsWith("CONNECT s3.eu-central-1.amazonaws.com:443 ");
            }
            proxy.close();
            call.get(1, TimeUnit.MINUTES);
        } finally {
            List.of("aws.endpointUrl", "aws.endpointUrlS3", "https.proxyHost", "https.proxyPort")
                    .forEach(System::clearProperty);
        }
    }

    @Test
    void givenNoCredentials_thenItIsSaidAtTheStart() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.setProperty("aws.disableEc2Metadata", "true");
        try {
            assertThatThrownBy(() -> store("http://localhost:1"))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("AWS_ACCESS_KEY_ID");
        } finally {
            System.clearProperty("aws.disableEc2Metadata");
        }
    }
}
