package dev.latchkey.samples;

/** A way to have a person sign in. */
interface SignIn {

    /**
     * Waits for the person.
     *
     * @throws SignInException if they refuse, take too long, or something fails
     */
    Tokens tokens() throws SignInException, InterruptedException;
}
