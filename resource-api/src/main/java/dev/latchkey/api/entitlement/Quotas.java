package dev.latchkey.api.entitlement;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How much the caller's tier allows. What nobody in particular calls for is not limited by a tier: background work takes the caller along
 * (Spring Security's {@code DelegatingSecurityContextRunnable}).
 */
@Component
public final class Quotas {

    private final Entitlements entitlements;
    private final TierSettings tiers;

    Quotas(Entitlements entitlements, TierSettings tiers) {
        this.entitlements = entitlements;
        this.tiers = tiers;
    }

    /** How many rows of that table; null for no limit. */
    public @Nullable Quota rows(String table) {
        return tiers.rows().isEmpty() ? null : of(table, tier -> tiers.rows(tier, table));
    }

    /** How many snapshots that were made or uploaded; null for no limit. */
    public @Nullable Quota snapshots() {
        return tiers.snapshots().isEmpty() ? null : of("snapshots", tiers.snapshots()::get);
    }

    /** How many requests of that class a minute, 0 for no limit; null if the tier says nothing of it. */
    public @Nullable Long perMinute(String kind) {
        Granted granted = tiers.rates().isEmpty() ? null : entitlements.current();
        return granted == null ? null : tiers.perMinute(granted.tier(), kind);
    }

    /** Refuses to start with limits on rows of other tables. */
    public void requireRowsOf(Collection<String> tables) {
        tiers.requireKnownLimits("rows", tiers.rows(), tables);
    }

    /** Refuses to start with limits on requests of other classes, or with higher ones than that. */
    public void requireRatesOf(Collection<String> kinds, long most) {
        tiers.requireKnownLimits("rates", tiers.rates(), kinds);
        tiers.requireRatesUpTo(most);
    }

    private @Nullable Quota of(String name, Function<String, @Nullable Long> limits) {
        Granted granted = entitlements.current();
        if (granted == null) {
            return null;
        }
        Long limit = limits.apply(granted.tier());
        if (limit == null) {
            return null;
        }
        int own = tiers.order().indexOf(granted.tier());
        String higher = tiers.lowest(tier -> {
            Long other = limits.apply(tier);
            return tiers.order().indexOf(tier) > own && (other == null || other > limit);
        });
        return new Quota(name, limit, higher);
    }
}
