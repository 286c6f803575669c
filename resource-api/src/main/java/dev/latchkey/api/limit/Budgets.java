package dev.latchkey.api.limit;

import io.github.bucket4j.ConsumptionProbe;

/** What is left of each budget. */
interface Budgets {

    /**
     * Takes one request.
     *
     * @param key whose budget of which class
     * @param perMinute how much it holds, and how much comes back, evenly, within a minute
     */
    ConsumptionProbe take(String key, long perMinute);
}
