package dev.latchkey.api.me;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tier and its permissions allow. The only place that interprets them.
 *
 * @param isGuest tier {@code guest}: an account that somebody tries out
 * @param canSync not a guest, and a paying tier or the permission {@code sync}
 * @param isPro tier {@code pro}
 */
record Entitlements(boolean isGuest, boolean canSync, boolean isPro) {

    static Entitlements of(Map<String, ? extends @Nullable Object> appMetadata) {
        Object tier = appMetadata.get("tier");
        boolean guest = "guest".equals(tier);
        boolean pro = "pro".equals(tier);
        boolean sync = appMetadata.get("permissions") instanceof List<?> permissions && permissions.contains("sync");
        return new Entitlements(guest, !guest && (pro || sync), pro);
    }
}
