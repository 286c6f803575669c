package dev.latchkey.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has used of processors so far: proc(5), /proc/PID/stat, fields 14 and 15, in hundredths of a second. */
final class CpuTime {

    private static final int USER = 11;
    private static final double TICKS_PER_SECOND = 100;

    private CpuTime() {}

    /** Seconds; 0 for a process that has ended. */
    static double of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The second field, in parentheses, may have spaces in it.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }
}
