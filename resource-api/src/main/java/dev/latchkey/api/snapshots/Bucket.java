package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.settings.SettingsException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects by key. Whatever the store refuses or cannot do is {@link ErrorCode#UNAVAILABLE}. */
final class Bucket implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Bucket.class);

    private static final Duration CONNECTING = Duration.ofSeconds(2);

    /** The longest silence. */
    private static final Duration READING = Duration.ofSeconds(30);

    /** Of a call without a body, all attempts together. */
    private static final Duration ANSWERING = Duration.ofSeconds(10);

    /** Bytes a second: what is slower is given up. */
    private static final long SLOWEST = 1024 * 1024;

    private final S3Client s3;
    private final String name;

    private Bucket(S3Client s3, String name) {
        this.s3 = s3;
        this.name = name;
    }

    /**
     * Asks nothing of the store: what is there goes on without it.
     *
     * @throws SettingsException if there are no credentials
     */
    static Bucket open(SnapshotSettings.S3 settings) {
        DefaultCredentialsProvider credentials =
                DefaultCredentialsProvider.builder().build();
        try {
            credentials.resolveCredentials();
        } catch (SdkClientException e) {
            throw new SettingsException("There are no credentials for LATCHKEY_SNAPSHOT_STORE=s3: set AWS_ACCESS_KEY_ID"
                    + " and AWS_SECRET_ACCESS_KEY, or give this machine a role.");
        }
        S3ClientBuilder client = S3Client.builder()
                .credentialsProvider(credentials)
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                // Others than Amazon often do not know the checksums that it added in 2024; we have our own.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECTING)
                        .socketTimeout(READING))
                .overrideConfiguration(calls -> calls.apiCallTimeout(ANSWERING).retryStrategy(RetryMode.STANDARD));
        if (settings.endpoint().isEmpty()) {
            // AWS_ENDPOINT_URL and its like would lead elsewhere, past what is checked of our own setting.
            client.endpointProvider(call -> S3EndpointProvider.defaultProvider()
                    .resolveEndpoint(call.toBuilder().endpoint(null).build()));
        } else {
            client.endpointOverride(URI.create(settings.endpoint()));
        }
        return new Bucket(client.build(), settings.bucket());
    }

    /** @param size of the file, bytes */
    void put(String key, Path file, long size, String type) {
        ask(() -> s3.putObject(
                object -> object.bucket(name)
                        .key(key)
                        .contentType(type)
                        .overrideConfiguration(call -> call.apiCallTimeout(patience(size))),
                file));
    }

    /** How long {@link #put} may take. */
    static Duration patience(long size) {
        return READING.plus(Duration.ofSeconds(size / SLOWEST));
    }

    /** Whether it is there, and whole. */
    boolean has(String key, long size) {
        return ask(() -> {
            try {
                HeadObjectResponse found =
                        s3.headObject(object -> object.bucket(name).key(key));
                // Null where the answer broke off.
                return Long.valueOf(size).equals(found.contentLength());
            } catch (NoSuchKeyException e) {
                return false;
            }
        });
    }

    /** What follows the first so many bytes. */
    InputStream read(String key, long from) {
        return ask(() -> s3.getObject(object -> object.bucket(name).key(key).range("bytes=" + from + "-")));
    }

    /** Also of one that is not there. */
    void delete(String key) {
        ask(() -> s3.deleteObject(object -> object.bucket(name).key(key)));
    }

    /** Keys with the time of the last change, in their order, a thousand at a time. */
    void each(BiConsumer<String, Instant> consumer) {
        ask(() -> {
            for (S3Object object :
                    s3.listObjectsV2Paginator(objects -> objects.bucket(name)).contents()) {
                consumer.accept(object.key(), object.lastModified());
            }
            return null;
        });
    }

    @Override
    public void close() {
        s3.close();
    }

    /** Messages of the store name keys, and so owners: they go nowhere. */
    private static <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            log.warn("The store of snapshots does not do its part: {}", describe(e));
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
    }

    private static String describe(SdkException e) {
        if (e instanceof AwsServiceException refusal) {
            AwsErrorDetails details = refusal.awsErrorDetails();
            return refusal.statusCode() + (details == null ? "" : " " + details.errorCode());
        }
        return NestedExceptionUtils.getMostSpecificCause(e).getClass().getName();
    }
}
