package dev.latchkey.api.entitlement;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** Reads {@code app_metadata} of tokens: attributes of the account that admins of the realm alone can set. */
@Component
public final class Entitlements {

    private static final String GUEST = "guest";

    private final TierSettings tiers;

    Entitlements(TierSettings tiers) {
        this.tiers = tiers;
    }

    /**
     * What the bearer of that token has. Without a tier: the default one; with one that is not known here: the lowest. A guest is granted
     * nothing by permissions.
     */
    public Granted of(Jwt token) {
        Map<?, ?> metadata = metadata(token);
        Object claimed = metadata.get("tier");
        boolean guest = GUEST.equals(claimed);
        String tier = claimed == null
                ? tiers.byDefault()
                : claimed instanceof String name && tiers.order().contains(name)
                        ? name
                        : tiers.order().get(0);
        Set<Entitlement> granted = EnumSet.noneOf(Entitlement.class);
        granted.addAll(tiers.entitlements(tier));
        if (!guest && metadata.get("permissions") instanceof List<?> permissions) {
            for (Entitlement entitlement : Entitlement.values()) {
                if (permissions.contains(entitlement.permission())) {
                    granted.add(entitlement);
                }
            }
        }
        return new Granted(tier, guest, granted);
    }

    /** What the caller has; null if nobody in particular is calling. */
    @Nullable
    Granted current() {
        Jwt token = token();
        return token == null ? null : of(token);
    }

    /** Whether the caller's token has that permission, which is no entitlement of any tier. */
    public boolean permits(String permission) {
        Jwt token = token();
        return token != null
                && metadata(token).get("permissions") instanceof List<?> permissions
                && permissions.contains(permission);
    }

    private static @Nullable Jwt token() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken bearer
                ? bearer.getToken()
                : null;
    }

    private static Map<?, ?> metadata(Jwt token) {
        return token.getClaims().get("app_metadata") instanceof Map<?, ?> metadata ? metadata : Map.of();
    }
}
