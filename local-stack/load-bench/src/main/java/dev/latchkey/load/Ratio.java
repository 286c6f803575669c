package dev.latchkey.load;

import java.util.List;

/**
 * How one number relates to another, over pairs of blocks that ran one after the other: the same statistic as row-security's bench.
 *
 * @param mean geometric
 * @param low lower end of the 95 % confidence interval
 * @param high its upper end
 */
record Ratio(double mean, double low, double high) {

    /** Two-sided 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    /** @param values at least two, and as many as of the others */
    static Ratio of(List<Double> values, List<Double> to) {
        int n = values.size();
        double[] logs = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            logs[i] = Math.log(values.get(i) / to.get(i));
            mean += logs[i] / n;
        }
        double variance = 0;
        for (double log : logs) {
            variance += (log - mean) * (log - mean) / (n - 1);
        }
        double half = T[Math.min(n - 1, T.length) - 1] * Math.sqrt(variance / n);
        return new Ratio(Math.exp(mean), Math.exp(mean - half), Math.exp(mean + half));
    }

    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "%.3f (%.3f to %.3f)", mean, low, high);
    }
}
