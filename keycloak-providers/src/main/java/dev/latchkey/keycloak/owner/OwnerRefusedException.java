package dev.latchkey.keycloak.owner;

/** The scope asks for an owner that the token cannot act for. */
final class OwnerRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String description;

    /** @param description goes to the client: it names no identity, and does not tell an unknown workspace from one of others */
    OwnerRefusedException(String description) {
        super(description);
        this.description = description;
    }

    /** The same words for a workspace that does not exist and for one that the person is no member of. */
    static OwnerRefusedException unreachableWorkspace() {
        return new OwnerRefusedException("You cannot act in this workspace");
    }

    String description() {
        return description;
    }
}
