package dev.latchkey.localstack;

/** Why the stack does not start, in one sentence for the person who started it: the cause, the log, what to change. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartFailure(String sentence) {
        super(sentence);
    }

    StartFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
