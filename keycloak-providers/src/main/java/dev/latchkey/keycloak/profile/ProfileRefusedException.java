package dev.latchkey.keycloak.profile;

/** A field of a profile change that cannot be set. */
final class ProfileRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String code;

    /** @param code {@code unknown} or {@code type} */
    ProfileRefusedException(String field, String code) {
        super(code);
        this.field = field;
        this.code = code;
    }

    String field() {
        return field;
    }

    String code() {
        return code;
    }
}
