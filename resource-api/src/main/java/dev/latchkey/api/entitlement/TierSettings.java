package dev.latchkey.api.entitlement;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The tiers and what they have; see docs/reference/entitlements.md. What is not said here of a tier that has defaults is as these say.
 *
 * @param order all tiers, the lowest first
 * @param byDefault that of tokens without one
 * @param entitlements by tier
 * @param rows how many an owner can have, by tier and table; no limit for what is not named
 * @param snapshots how many an owner can have that were made or uploaded, by tier
 * @param rates requests a minute, by tier and class, instead of those of everybody; 0 for no limit
 */
@ConfigurationProperties(prefix = "latchkey.tiers", ignoreUnknownFields = false)
record TierSettings(
        @DefaultValue({"guest", "free", "pro"}) List<String> order,
        @Name("default") @DefaultValue("free") String byDefault,
        @DefaultValue Map<String, Set<Entitlement>> entitlements,
        @DefaultValue Map<String, Map<String, Long>> rows,
        @DefaultValue Map<String, Long> snapshots,
        @DefaultValue Map<String, Map<String, Long>> rates) {

    private static final Map<String, Set<Entitlement>> DEFAULTS = Map.of(
            "guest", Set.of(),
            "free", Set.of(Entitlement.CAN_SYNC),
            "pro", Set.of(Entitlement.CAN_SYNC, Entitlement.IS_PRO));

    /** As the realm takes them. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");

    TierSettings {
        if (order.isEmpty() || order.size() > Set.copyOf(order).size()) {
            throw invalid("order", order, "Each tier once, the lowest first");
        }
        order.stream().filter(name -> !NAME.matcher(name).matches()).findFirst().ifPresent(name -> {
            throw invalid("order", name, "A tier has a name of 1 to 32 of a-z 0-9 _ -");
        });
        if (!order.contains(byDefault)) {
            throw invalid("default", byDefault, "A tier that latchkey.tiers.order does not have");
        }
        requireKnown("entitlements", order, entitlements.keySet());
        requireKnown("rows", order, rows.keySet());
        requireKnown("snapshots", order, snapshots.keySet());
        requireKnown("rates", order, rates.keySet());
        if (Stream.of(Stream.of(snapshots), rows.values().stream(), rates.values().stream())
                .flatMap(maps -> maps)
                .anyMatch(limits -> limits.values().stream().anyMatch(limit -> limit < 0))) {
            throw invalid("rows, snapshots, rates", "below 0", "Limits are numbers from 0");
        }
        rows = named(rows);
        Map<String, Set<Entitlement>> effective = new HashMap<>(entitlements);
        order.forEach(name -> effective.putIfAbsent(name, DEFAULTS.getOrDefault(name, Set.of())));
        entitlements = effective;
    }

    Set<Entitlement> entitlements(String tier) {
        return entitlements.getOrDefault(tier, Set.of());
    }

    @Nullable
    Long rows(String tier, String table) {
        return rows.getOrDefault(tier, Map.of()).get(table);
    }

    @Nullable
    Long perMinute(String tier, String kind) {
        return rates.getOrDefault(tier, Map.of()).get(kind);
    }

    /** The lowest tier of which that is true; null if of none. */
    @Nullable
    String lowest(Predicate<String> wanted) {
        return order.stream().filter(wanted).findFirst().orElse(null);
    }

    /** Of limits that are said by tier and name: whether these names are there. */
    void requireKnownLimits(String property, Map<String, Map<String, Long>> limits, Collection<String> known) {
        limits.values().forEach(byName -> {
            Set<String> unknown = new TreeSet<>(byName.keySet());
            unknown.removeAll(known);
            if (!unknown.isEmpty()) {
                throw invalid(property, unknown, "Known are " + known);
            }
        });
    }

    void requireRatesUpTo(long most) {
        if (rates.values().stream().anyMatch(byName -> byName.values().stream().anyMatch(limit -> limit > most))) {
            throw invalid("rates", "above " + most, "More are no limit: that is 0");
        }
    }

    /** In the name of a variable of the environment an underscore stands for a dot. */
    private static Map<String, Map<String, Long>> named(Map<String, Map<String, Long>> limits) {
        Map<String, Map<String, Long>> named = new HashMap<>();
        limits.forEach((tier, byTable) -> byTable.forEach((table, limit) ->
                named.computeIfAbsent(tier, absent -> new HashMap<>()).put(table.replace('.', '_'), limit)));
        return named;
    }

    private static InvalidConfigurationPropertyValueException invalid(String property, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException("latchkey.tiers." + property, value, reason);
    }

    private static void requireKnown(String property, List<String> order, Set<String> named) {
        Set<String> unknown = new TreeSet<>(named);
        order.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw invalid(property, unknown, "A tier that latchkey.tiers.order does not have");
        }
    }
}
