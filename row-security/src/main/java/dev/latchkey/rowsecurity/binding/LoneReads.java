package dev.latchkey.rowsecurity.binding;

/** Which statements of one data source may each be a read-only transaction of their own, unnoticed by the application. */
final class LoneReads {

    /** Wrong from the day that the database says otherwise: for its roles the isolation level is set on the server. */
    private volatile boolean possible;

    LoneReads(boolean wanted) {
        this.possible = wanted;
    }

    boolean admit(String sql) {
        return possible && LoneQuery.is(sql);
    }

    /** Called when transactions turn out not to be READ COMMITTED by default. */
    void giveUp() {
        possible = false;
    }
}
