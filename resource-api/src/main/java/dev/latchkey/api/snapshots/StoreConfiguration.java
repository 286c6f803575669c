package dev.latchkey.api.snapshots;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    SnapshotStore snapshotStore(SnapshotSettings settings) {
        return switch (settings.store()) {
            case DIRECTORY -> new DirectoryStore(settings);
            case S3 -> new S3Store(Bucket.open(settings.s3()));
        };
    }
}
