package dev.latchkey.rowsecurity.bench;

/** One way to keep owners apart. */
interface Contender extends AutoCloseable {

    /** One transaction on behalf of an owner, committed. */
    void run(Work work, String owner) throws Exception;

    @Override
    void close();
}
