package dev.latchkey.samples;

/** Nobody was signed in. The message is for the person, and holds no token. */
final class SignInException extends Exception {

    private static final long serialVersionUID = 1L;

    SignInException(String message) {
        super(message);
    }

    SignInException(String message, Throwable cause) {
        super(message, cause);
    }
}
