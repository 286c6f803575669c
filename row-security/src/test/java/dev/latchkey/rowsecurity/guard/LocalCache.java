package dev.latchkey.rowsecurity.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.spi.support.RegionFactoryTemplate;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** What makes Hibernate's second-level and query caches available. */
public final class LocalCache extends RegionFactoryTemplate {

    @Override
    protected StorageAccess createQueryResultsRegionStorageAccess(String region, SessionFactoryImplementor factory) {
        return new Region();
    }

    @Override
    protected StorageAccess createTimestampsRegionStorageAccess(String region, SessionFactoryImplementor factory) {
        return new Region();
    }

    @Override
    protected void prepareForUse(SessionFactoryOptions settings, Map<String, Object> properties) {}

    @Override
    protected void releaseFromUse() {}

    private static final class Region implements StorageAccess {

        private final Map<Object, Object> held = new ConcurrentHashMap<>();

        @Override
        public boolean contains(Object key) {
            return held.containsKey(key);
        }

        @Override
        public Object getFromCache(Object key, SharedSessionContractImplementor session) {
            return held.get(key);
        }

        @Override
        public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
            held.put(key, value);
        }

        @Override
        public void evictData() {
            held.clear();
        }

        @Override
        public void evictData(Object key) {
            held.remove(key);
        }

        @Override
        public void release() {
            held.clear();
        }
    }
}
