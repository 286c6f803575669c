package dev.latchkey.api.settings;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.springframework.core.env.Environment;

/** Half a configuration would keep archives where nobody looks for them. */
final class SnapshotStoreCheck {

    private static final String BUCKET = "LATCHKEY_SNAPSHOT_S3_BUCKET";
    private static final String ENDPOINT = "LATCHKEY_SNAPSHOT_S3_ENDPOINT";

    /** As Amazon's client takes it, from a variable or a system property. */
    private static final List<String> SECRET_KEY = List.of("AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey");

    private SnapshotStoreCheck() {}

    /** @throws SettingsException with one sentence that names the variable */
    static void check(Environment environment, boolean production) {
        boolean isBucketNamed =
                !environment.getProperty("latchkey.snapshots.s3.bucket", "").isBlank();
        String store = environment.getProperty("latchkey.snapshots.store", "directory");
        switch (store.toLowerCase(Locale.ROOT)) {
            case "", "directory" -> {
                if (isBucketNamed) {
                    throw new SettingsException(BUCKET + " is set, but LATCHKEY_SNAPSHOT_STORE is not s3.");
                }
            }
            case "s3" -> {
                SettingsCheck.require(environment, "latchkey.snapshots.s3.bucket", BUCKET, "latchkey-snapshots");
                SettingsCheck.require(
                        environment, "latchkey.snapshots.s3.region", "LATCHKEY_SNAPSHOT_S3_REGION", "eu-central-1");
                requireEndpoint(environment.getProperty("latchkey.snapshots.s3.endpoint", ""), production);
                if (production) {
                    SECRET_KEY.forEach(name -> ProductionCheck.requireOwnSecret(
                            environment.getProperty(name, ""), "AWS_SECRET_ACCESS_KEY"));
                }
            }
            default -> throw new SettingsException("LATCHKEY_SNAPSHOT_STORE is directory or s3: it is " + store + ".");
        }
    }

    private static void requireEndpoint(String value, boolean production) {
        if (value.isEmpty()) {
            return;
        }
        URI uri = SettingsCheck.httpUri(value, ENDPOINT);
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new SettingsException(ENDPOINT + " is scheme, host and perhaps port and path, and has no secrets.");
        }
        if (production && !"https".equals(uri.getScheme()) && !SettingsCheck.LOOPBACK.contains(uri.getHost())) {
            throw new SettingsException("In production archives go to their store by https, or on loopback: " + ENDPOINT
                    + " is " + value + ".");
        }
    }
}
