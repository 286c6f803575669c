package dev.latchkey.rowsecurity.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param network where the database is
 * @param ratio to the contender it is compared with; null for that one itself
 * @param aim the ratio that is aimed at; null if there is none
 */
record Line(
        String network,
        Work work,
        String contender,
        @Nullable String comparedWith,
        @Nullable Ratio ratio,
        @Nullable Double aim,
        double perSecond,
        double p50Micros,
        double p99Micros,
        double cpuMicros,
        double bytes) {

    static final String HEAD = "%-9s %-14s %-24s %9s %9s %9s %8s %8s  %s"
            .formatted("network", "work", "contender", "tx/s", "p50 µs", "p99 µs", "CPU µs", "bytes", "ratio (95 %)");

    static Line of(
            String network,
            Work work,
            String contender,
            List<Block> blocks,
            @Nullable String comparedWith,
            @Nullable List<Block> to,
            @Nullable Double aim) {
        long[] nanos = blocks.stream().flatMapToLong(block -> Arrays.stream(block.nanos())).sorted().toArray();
        return new Line(
                network,
                work,
                contender,
                comparedWith,
                to == null ? null : Ratio.of(blocks, to),
                aim,
                blocks.stream().mapToDouble(Block::perSecond).average().orElseThrow(),
                nanos[nanos.length / 2] / 1e3,
                nanos[(int) (nanos.length * 0.99)] / 1e3,
                blocks.stream().mapToDouble(Block::cpuNanos).average().orElseThrow() / 1e3,
                blocks.stream().mapToDouble(Block::bytes).average().orElseThrow());
    }

    boolean fallsShort() {
        return aim != null && ratio != null && ratio.fallsShortOf(aim);
    }

    @Override
    public String toString() {
        String compared = ratio == null
                ? ""
                : String.format(
                        Locale.ROOT, "%.3f (%.3f to %.3f) of %s", ratio.mean(), ratio.low(), ratio.high(), comparedWith);
        String judged = aim == null ? "" : String.format(Locale.ROOT, ", aim %.2f%s", aim, fallsShort() ? ": FALLS SHORT" : "");
        return String.format(
                Locale.ROOT,
                "%-9s %-14s %-24s %9.0f %9.0f %9.0f %8.1f %8.0f  %s",
                network,
                work,
                contender,
                perSecond,
                p50Micros,
                p99Micros,
                cpuMicros,
                bytes,
                compared + judged);
    }
}
