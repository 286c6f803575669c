package dev.latchkey.rowsecurity.binding;

/** Signs the bindings of one connection. */
final class Seal {

    private static final int MILLIS = 1_000;

    private final Signing signing;
    private final String pid;

    Seal(Signing signing, int backendPid) {
        this.signing = signing;
        this.pid = signing.backendPid() ? Integer.toString(backendPid) : "";
    }

    /**
     * Adds to a context {@code actor|access} what makes it verifiable: {@code |expiry|pid|key|mac}, where the MAC covers the owner and all
     * that stands before it. None of the parts contains a bar.
     */
    String on(String owner, String context) {
        // Rounded up: of a lifetime of a second nothing might be left else.
        long expiry = (System.currentTimeMillis() + signing.lifetime().toMillis()) / MILLIS + 1;
        String signed = context + '|' + expiry + '|' + pid + '|' + signing.key().id();
        return signed + '|' + signing.key().mac(owner + '|' + signed);
    }

    /** Whether a sealed binding that somebody else gets to see is of no use to them. */
    boolean isUselessElsewhere() {
        return signing.backendPid();
    }
}
