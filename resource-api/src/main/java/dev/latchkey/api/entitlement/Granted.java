package dev.latchkey.api.entitlement;

import java.util.Set;

/**
 * What the bearer of a token has.
 *
 * @param tier one of the configured
 * @param isGuest tier {@code guest}: an account that somebody tries out
 */
public record Granted(String tier, boolean isGuest, Set<Entitlement> entitlements) {

    public boolean has(Entitlement entitlement) {
        return entitlements.contains(entitlement);
    }
}
