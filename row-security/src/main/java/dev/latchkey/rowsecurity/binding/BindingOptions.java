package dev.latchkey.rowsecurity.binding;

import org.jspecify.annotations.Nullable;

/**
 * How a {@link BindingDataSource} binds.
 *
 * @param readOnlyInOneRoundTrip whether a statement of a read-only READ COMMITTED transaction goes out together with its binding
 *     and the commit, so that a transaction of one statement takes one round trip; what needs a real transaction starts one
 * @param signing how bindings are signed; null if they are not
 */
public record BindingOptions(
        boolean readOnlyInOneRoundTrip, @Nullable Signing signing) {

    /** Read-only transactions in one round trip, not signed. */
    public static final BindingOptions DEFAULTS = new BindingOptions(true, null);

    /** The same, signed. */
    public BindingOptions signed(Signing by) {
        return new BindingOptions(readOnlyInOneRoundTrip, by);
    }
}
