package dev.latchkey.rowsecurity.adopt;

/** Told what an adoption does. What a method throws stops the adoption, which can be resumed. */
public interface Progress {

    /**
     * A step begins.
     *
     * @param position of {@code total}, from 1
     */
    default void started(Step step, int position, int total) {}

    /** Before a statement is sent, with its exact text. */
    default void sending(String sql) {}

    /** A range of rows has been looked through: {@code pages} of {@code totalPages}, in which {@code rows} were changed so far. */
    default void rows(Step step, long rows, long pages, long totalPages) {}

    /** Somebody else holds the lock; it is tried again. */
    default void waiting(Step step, int attempt) {}

    /** The step is committed, and its tick with it. */
    default void done(Step step) {}
}
