package dev.latchkey.rowsecurity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.autoconfigure.RowSecurityAutoConfiguration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class OwnerKeyedCacheTest {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private final OwnerScope scope = new OwnerScope(() -> null);
    private final ConcurrentMapCacheManager unkeyed = new ConcurrentMapCacheManager();
    private final CacheManager manager = new OwnerKeyedCacheManager(unkeyed, scope);

    static Stream<Arguments> writes() {
        return Stream.of(
                write("put", (cache, value) -> cache.put("key", value)),
                write(
                        "putIfAbsent",
                        (cache, value) ->
                                assertThat(cache.putIfAbsent("key", value)).isNull()),
                write(
                        "get with a loader",
                        (cache, value) ->
                                assertThat(cache.get("key", () -> value)).isEqualTo(value)),
                write(
                        "retrieve with a loader",
                        (cache, value) -> assertThat(
                                        cache.retrieve("key", () -> CompletableFuture.completedFuture(value))
                                                .join())
                                .isEqualTo(value)));
    }

    private static Arguments write(String name, BiConsumer<Cache, String> write) {
        return Arguments.argumentSet(name, write);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void writeWhenOfOneOwnerThenNobodyElseReadsIt(BiConsumer<Cache, String> write) {
        Cache cache = cache();
        scope.runAs(ALICE, () -> write.accept(cache, "alices"));
        scope.runAs(BOB, () -> assertEmpty(cache));
        scope.unowned("test", () -> assertEmpty(cache));
        assertEmpty(cache);

        scope.runAs(BOB, () -> write.accept(cache, "bobs"));
        write.accept(cache, "nobodys");
        scope.runAs(new Owner("alice", "another-actor"), () -> assertHolds(cache, "alices"));
        scope.runAs(BOB, () -> assertHolds(cache, "bobs"));
        scope.unowned("test", () -> assertHolds(cache, "nobodys"));
        assertHolds(cache, "nobodys");
    }

    @Test
    void writeWhenTheCacheIsNotKeyedThenItLeaks() {
        Cache leaking = Objects.requireNonNull(unkeyed.getCache("c"));
        scope.runAs(ALICE, () -> leaking.put("key", "alices"));
        scope.runAs(BOB, () -> assertHolds(leaking, "alices"));
    }

    static Stream<Arguments> removals() {
        return Stream.of(
                removal("evict", cache -> cache.evict("key")),
                removal(
                        "evictIfPresent",
                        cache -> assertThat(cache.evictIfPresent("key")).isTrue()));
    }

    private static Arguments removal(String name, Consumer<Cache> removal) {
        return Arguments.argumentSet(name, removal);
    }

    @ParameterizedTest
    @MethodSource("removals")
    void removalWhenOfOneOwnerThenOthersKeepTheirs(Consumer<Cache> removal) {
        Cache cache = cache();
        scope.runAs(ALICE, () -> cache.put("key", "alices"));
        scope.runAs(BOB, () -> cache.put("key", "bobs"));
        scope.runAs(BOB, () -> removal.accept(cache));
        scope.runAs(BOB, () -> assertEmpty(cache));
        scope.runAs(ALICE, () -> assertHolds(cache, "alices"));

        scope.runAs(BOB, cache::clear);
        scope.runAs(ALICE, () -> assertEmpty(cache));
    }

    @Test
    void loaderWhenItFailsThenTheMessageNamesNobody() {
        assertThatThrownBy(() -> scope.runAs(
                        ALICE,
                        () -> cache().get("key", () -> {
                            throw new IllegalStateException("on purpose");
                        })))
                .isInstanceOf(Cache.ValueRetrievalException.class)
                .hasMessageNotContaining("alice");
    }

    @Test
    void nativeCacheWhenAskedForThenNotHandedOut() {
        assertThat(cache().getNativeCache()).isInstanceOf(OwnerKeyedCache.class);
    }

    @Test
    void keyAsTextWhenOwnersDifferThenTextsDiffer() {
        assertThat(new OwnerKey("a", "b/c")).doesNotHaveToString(new OwnerKey("a/b", "c").toString());
        assertThat(new OwnerKey(null, "b")).doesNotHaveToString(new OwnerKey("", "b").toString());
    }

    @Test
    void applicationWhenItCachesByAnnotationThenKeyedByOwner() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RowSecurityAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .run(application -> {
                    OwnerScope own = application.getBean(OwnerScope.class);
                    Notes notes = application.getBean(Notes.class);
                    for (Supplier<String> read : List.<Supplier<String>>of(notes::read, notes::readResolved)) {
                        String alices = own.runAs(ALICE, read);
                        assertThat(alices).isEqualTo("of alice");
                        assertThat(own.runAs(BOB, read)).isEqualTo("of bob");
                        assertThat(own.unowned("test", read)).isEqualTo("of nobody");
                        assertThat(own.runAs(ALICE, read)).isSameAs(alices);
                    }
                    own.runAs(BOB, () -> assertThat(notes.replace()).isEqualTo("replaced"));
                    Supplier<String> read = notes::read;
                    assertThat(own.runAs(BOB, read)).isEqualTo("replaced");
                    assertThat(own.runAs(ALICE, read)).isEqualTo("of alice");
                    own.runAs(BOB, notes::forget);
                    assertThat(own.runAs(BOB, read)).isEqualTo("of bob");
                });
    }

    private Cache cache() {
        return Objects.requireNonNull(manager.getCache("c"));
    }

    private static void assertEmpty(Cache cache) {
        assertThat(cache.get("key")).isNull();
        assertThat(cache.get("key", String.class)).isNull();
        assertThat(cache.retrieve("key")).isNull();
    }

    private static void assertHolds(Cache cache, String value) {
        assertThat(cache.get("key", String.class)).isEqualTo(value);
        assertThat(Objects.requireNonNull(cache.get("key")).get()).isEqualTo(value);
        assertThat(Objects.requireNonNull(cache.retrieve("key")).join())
                .isInstanceOfSatisfying(
                        Cache.ValueWrapper.class,
                        found -> assertThat(found.get()).isEqualTo(value));
    }

    static class Notes {

        private final OwnerScope scope;

        Notes(OwnerScope scope) {
            this.scope = scope;
        }

        @Cacheable("notes")
        public String read() {
            return fresh();
        }

        @Cacheable(cacheResolver = "ownResolver")
        public String readResolved() {
            return fresh();
        }

        @CachePut("notes")
        public String replace() {
            return "replaced";
        }

        @CacheEvict("notes")
        public void forget() {}

        private String fresh() {
            return "of " + scope.binding().map(Owner::id).orElse("nobody");
        }
    }

    @Configuration
    @EnableCaching(proxyTargetClass = true)
    static class Application {

        @Bean
        CacheManager cacheManager() {
            return new ConcurrentMapCacheManager();
        }

        @Bean
        CacheResolver ownResolver() {
            Cache only = new ConcurrentMapCache("only");
            return context -> List.of(only);
        }

        @Bean
        Notes notes(OwnerScope scope) {
            return new Notes(scope);
        }
    }
}
