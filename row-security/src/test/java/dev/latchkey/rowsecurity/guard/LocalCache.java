package dev.latchkey.rowsecurity.guard;

import java.util.Map;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.spi.support.RegionFactoryTemplate;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** What makes Hibernate's second-level cache available; nothing is ever stored. */
public final class LocalCache extends RegionFactoryTemplate {

    @Override
    protected StorageAccess createQueryResultsRegionStorageAccess(String region, SessionFactoryImplementor factory) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected StorageAccess createTimestampsRegionStorageAccess(String region, SessionFactoryImplementor factory) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void prepareForUse(SessionFactoryOptions settings, Map<String, Object> properties) {}

    @Override
    protected void releaseFromUse() {}
}
