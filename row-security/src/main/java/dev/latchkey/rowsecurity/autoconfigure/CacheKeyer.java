package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.cache.OwnerKeyedCacheManager;
import dev.latchkey.rowsecurity.cache.OwnerKeyedCacheResolver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheResolver;

/** Puts caches that are keyed by owner in the place of every cache manager, cache resolver and cache bean. */
final class CacheKeyer implements BeanPostProcessor {

    private final ObjectProvider<OwnerScope> scope;

    CacheKeyer(ObjectProvider<OwnerScope> scope) {
        this.scope = scope;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof CacheManager manager && !(bean instanceof OwnerKeyedCacheManager)) {
            return new OwnerKeyedCacheManager(manager, scope.getObject());
        }
        if (bean instanceof CacheResolver resolver && !(bean instanceof OwnerKeyedCacheResolver)) {
            return new OwnerKeyedCacheResolver(resolver, scope.getObject());
        }
        return bean instanceof Cache cache ? OwnerKeyedCacheManager.keyed(cache, scope.getObject()) : bean;
    }
}
