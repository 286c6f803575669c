package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.InvalidOwnerException;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.binding.BindingKey;
import dev.latchkey.rowsecurity.binding.BindingOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application may set; no property switches a protection off.
 *
 * @param singleOwner whom everything acts for, in an application that has no users yet; refused beside an OwnerResolver bean
 * @param readOnlyInOneRoundTrip whether a read-only transaction of one statement takes one round trip
 */
@ConfigurationProperties("latchkey.row-security")
record RowSecurityProperties(
        @Nullable String singleOwner,
        @DefaultValue("true") boolean readOnlyInOneRoundTrip,
        @DefaultValue Signing signing) {

    /** @throws InvalidOwnerException if {@code singleOwner} has not the form of an owner id */
    @Nullable
    Owner owner() {
        return singleOwner == null || singleOwner.isEmpty() ? null : Owner.of(singleOwner);
    }

    BindingOptions options() {
        return new BindingOptions(readOnlyInOneRoundTrip, signing.configured());
    }

    /**
     * Signed bindings: on if there is a key.
     *
     * @param key at least 32 bytes in UTF-8; from the environment, never from a file that is checked in
     * @param backendPid false behind a pooler such as PgBouncer
     * @param lifetime how far the clocks of application and database may be apart
     */
    record Signing(
            @Nullable String key,
            @DefaultValue("true") boolean backendPid,
            @DefaultValue("1m") Duration lifetime) {

        private dev.latchkey.rowsecurity.binding.@Nullable Signing configured() {
            return key == null || key.isEmpty()
                    ? null
                    : new dev.latchkey.rowsecurity.binding.Signing(BindingKey.of(key), backendPid, lifetime);
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Signing[backendPid=" + backendPid + ", lifetime=" + lifetime + "]";
        }
    }
}
