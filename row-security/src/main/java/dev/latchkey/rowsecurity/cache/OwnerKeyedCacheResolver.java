package dev.latchkey.rowsecurity.cache;

import dev.latchkey.rowsecurity.OwnerScope;
import java.util.Collection;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.CacheOperationInvocationContext;
import org.springframework.cache.interceptor.CacheResolver;

/** Like {@link OwnerKeyedCacheManager} for caches that an application's own resolver finds elsewhere. */
public final class OwnerKeyedCacheResolver implements CacheResolver {

    private final CacheResolver resolver;
    private final OwnerScope scope;

    public OwnerKeyedCacheResolver(CacheResolver resolver, OwnerScope scope) {
        this.resolver = resolver;
        this.scope = scope;
    }

    @Override
    public Collection<? extends Cache> resolveCaches(CacheOperationInvocationContext<?> context) {
        return resolver.resolveCaches(context).stream()
                .map(cache -> OwnerKeyedCacheManager.keyed(cache, scope))
                .toList();
    }
}
