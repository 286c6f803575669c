package dev.latchkey.rowsecurity.binding;

/**
 * How a {@link BindingDataSource} binds.
 *
 * @param readOnlyInOneRoundTrip whether a statement of a read-only READ COMMITTED transaction goes out together with its binding
 *     and the commit, so that a transaction of one statement takes one round trip; what needs a real transaction starts one
 */
public record BindingOptions(boolean readOnlyInOneRoundTrip) {

    /** Everything on that costs nothing. */
    public static final BindingOptions DEFAULTS = new BindingOptions(true);
}
