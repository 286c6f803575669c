package dev.latchkey.load;

/**
 * One turn of a program.
 *
 * @param perSecond requests
 * @param ownCpu microseconds of processor that the program took for each request
 * @param databaseCpu and Postgres
 */
record Turn(double perSecond, double ownCpu, double databaseCpu) {

    double cpu() {
        return ownCpu + databaseCpu;
    }
}
