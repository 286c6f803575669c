package dev.latchkey.rowsecurity.cache;

import dev.latchkey.rowsecurity.OwnerScope;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/** Hands out a cache manager's caches keyed by the owner in scope, so that one owner's entry never answers another. */
public final class OwnerKeyedCacheManager implements CacheManager {

    private final CacheManager manager;
    private final OwnerScope scope;

    public OwnerKeyedCacheManager(CacheManager manager, OwnerScope scope) {
        this.manager = manager;
        this.scope = scope;
    }

    @Override
    public @Nullable Cache getCache(String name) {
        Cache cache = manager.getCache(name);
        return cache == null ? null : keyed(cache, scope);
    }

    /** A cache keyed by the owner in scope; the same if it is. */
    public static Cache keyed(Cache cache, OwnerScope scope) {
        return cache instanceof OwnerKeyedCache ? cache : new OwnerKeyedCache(cache, scope);
    }

    @Override
    public Collection<String> getCacheNames() {
        return manager.getCacheNames();
    }

    @Override
    public void resetCaches() {
        manager.resetCaches();
    }
}
