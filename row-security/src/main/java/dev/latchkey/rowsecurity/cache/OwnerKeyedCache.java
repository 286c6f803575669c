package dev.latchkey.rowsecurity.cache;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;

/** A cache in which every owner has keys of their own, and so has whoever works for none. Only {@link #clear} reaches everybody's. */
final class OwnerKeyedCache implements Cache {

    private final Cache cache;
    private final OwnerScope scope;

    OwnerKeyedCache(Cache cache, OwnerScope scope) {
        this.cache = cache;
        this.scope = scope;
    }

    private OwnerKey own(Object key) {
        try {
            return new OwnerKey(scope.binding().map(Owner::id).orElse(null), key);
        } catch (UnboundException nobody) {
            return new OwnerKey(null, key);
        }
    }

    @Override
    public String getName() {
        return cache.getName();
    }

    /** This cache: the product's own would answer for any owner. */
    @Override
    public Object getNativeCache() {
        return this;
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        return cache.get(own(key));
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        return cache.get(own(key), type);
    }

    @Override
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        return cache.get(own(key), loader);
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        return cache.retrieve(own(key));
    }

    /** The loader may run in another thread, and there too for whoever asked. */
    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        return cache.retrieve(own(key), scope.wrapSupplier(loader));
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        cache.put(own(key), value);
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        return cache.putIfAbsent(own(key), value);
    }

    @Override
    public void evict(Object key) {
        cache.evict(own(key));
    }

    @Override
    public boolean evictIfPresent(Object key) {
        return cache.evictIfPresent(own(key));
    }

    @Override
    public void clear() {
        cache.clear();
    }

    @Override
    public boolean invalidate() {
        return cache.invalidate();
    }
}
