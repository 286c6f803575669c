package dev.latchkey.api.entitlement;

import java.util.Locale;

/** What not everybody may do. Which tier has which is configuration; see docs/reference/entitlements.md. */
public enum Entitlement {
    /** Data that follows from device to device. */
    CAN_SYNC("sync"),
    /** Whatever an application keeps for those who pay for all of it. */
    IS_PRO("pro");

    private final String permission;

    Entitlement(String permission) {
        this.permission = permission;
    }

    /** What grants it alone, whatever the tier. */
    String permission() {
        return permission;
    }

    /** As it stands in answers and in the configuration, for example {@code can_sync}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
