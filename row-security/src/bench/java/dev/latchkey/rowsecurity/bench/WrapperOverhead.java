package dev.latchkey.rowsecurity.bench;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The wrapper by itself, with JMH and its gc profiler. */
final class WrapperOverhead {

    static final double AIM_NANOS = 2_000;
    static final double AIM_BYTES = 500;

    private WrapperOverhead() {}

    static Result measure(boolean quick) throws RunnerException {
        System.out.println("measuring: the wrapper by itself");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(Wrapped.class.getName())
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(quick ? 1 : 2)
                        .warmupIterations(quick ? 2 : 4)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(quick ? 3 : 6)
                        .measurementTime(TimeValue.milliseconds(500))
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        RunResult bare = result(results, "bare");
        RunResult wrapped = result(results, "wrapped");
        return new Result(
                wrapped.getPrimaryResult().getScore() - bare.getPrimaryResult().getScore(),
                Math.hypot(
                        wrapped.getPrimaryResult().getScoreError(), bare.getPrimaryResult().getScoreError()),
                bytes(wrapped) - bytes(bare));
    }

    private static RunResult result(Collection<RunResult> results, String method) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .findFirst()
                .orElseThrow();
    }

    private static double bytes(RunResult result) {
        return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    }

    /**
     * What one statement costs more through the wrapper.
     *
     * @param errorNanos half of JMH's 99.9 % interval
     */
    record Result(double nanos, double errorNanos, double bytes) {

        boolean fallsShort() {
            return nanos - errorNanos > AIM_NANOS || bytes > AIM_BYTES;
        }
    }
}
