package dev.latchkey.api.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For finding out what a process is doing. */
@RestController
@RequestMapping("/internal/debug")
@ConditionalOnBooleanProperty("latchkey.debug-routes")
final class DebugController {

    private static final String POOL = "hikaricp.connections";

    private final MeterRegistry meters;

    DebugController(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A deliberate 500, to see that it is logged, counted and alarmed about. */
    @SuppressWarnings("DoNotCallSuggester") // Called over HTTP alone.
    @GetMapping("/error")
    void error() {
        throw new IllegalStateException("Asked for");
    }

    /** Platform threads; virtual ones are not among them. */
    @GetMapping(path = "/threads", produces = MediaType.TEXT_PLAIN_VALUE)
    String threads() {
        return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true))
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** Connections to the database: active, idle, pending (threads that wait for one), and their bounds. */
    @GetMapping(path = "/pool", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Double> pool() {
        var pool = new TreeMap<String, Double>();
        for (Meter meter : meters.getMeters()) {
            String name = meter.getId().getName();
            if (meter instanceof Gauge gauge && name.startsWith(POOL)) {
                String state = name.substring(POOL.length());
                pool.put(state.isEmpty() ? "total" : state.substring(1), gauge.value());
            }
        }
        return pool;
    }
}
