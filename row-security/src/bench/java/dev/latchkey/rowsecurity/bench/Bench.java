package dev.latchkey.rowsecurity.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.binding.BindingKey;
import dev.latchkey.rowsecurity.binding.BindingOptions;
import dev.latchkey.rowsecurity.binding.Signing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Measures, prints one table and writes {@code target/bench.json}. */
final class Bench {

    private static final BindingOptions UNSIGNED = BindingOptions.DEFAULTS;
    private static final BindingOptions SIGNED = UNSIGNED.signed(Signing.with(BindingKey.of(Data.KEY)));

    private final boolean quick = Boolean.getBoolean("bench.quick");
    private final int blocks = quick ? 4 : 14;
    /** Until the JIT compiler has done its work: Hibernate's paths are long. */
    private final int warmUpBlocks = quick ? 2 : 10;
    private final long blockMillis = quick ? 100 : 250;
    private final List<Line> lines = new ArrayList<>();

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        new Bench().run(Path.of(arguments[0]));
    }

    private void run(Path report) throws Exception {
        try (Data data = new Data();
                DelayingProxy oneMillisecond = new DelayingProxy(data.port(), 1_000_000)) {
            System.out.println("1 ms: the proxy holds what passes for a millisecond, in each direction. Every contender and what it is compared with"
                    + " take turns, block by block, in this one run.");
            for (Network network :
                    List.of(new Network("loopback", data.port(), 2), new Network("1 ms", oneMillisecond.port(), 8))) {
                for (Work work : Work.values()) {
                    unsigned(data, network, work);
                }
            }
            data.demandSignatures();
            for (Network network :
                    List.of(new Network("loopback", data.port(), 2), new Network("1 ms", oneMillisecond.port(), 8))) {
                signed(data, network);
            }
        }
        WrapperOverhead.Result wrapper = WrapperOverhead.measure(quick);
        Report.print(lines, wrapper);
        Report.write(report, lines, wrapper);
    }

    private void unsigned(Data data, Network network, Work work) throws Exception {
        boolean distant = network.threads > 2;
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put("unbound", JdbcContender.unbound(pool(data, network)));
        contenders.put("naive statement", JdbcContender.naive(pool(data, network)));
        contenders.put("same flush", JdbcContender.bound(pool(data, network), UNSIGNED, false));
        if (work == Work.BY_ID || work == Work.NEWEST) {
            contenders.put("read-only", JdbcContender.bound(pool(data, network), UNSIGNED, true));
        }
        Map<String, List<Block>> done = measure(network, work, contenders);
        List<Block> unbound = done.get("unbound");
        done.forEach((name, of) -> add(Line.of(
                network.name,
                work,
                name,
                of,
                name.equals("unbound") ? null : "unbound",
                name.equals("unbound") ? null : unbound,
                switch (name) {
                    case "same flush" -> distant ? 0.98 : 0.95;
                    case "read-only" -> distant ? 1.8 : null;
                    default -> null;
                })));

        Map<String, Contender> hibernate = new LinkedHashMap<>();
        hibernate.put("Hibernate @TenantId", HibernateContender.tenantId(pool(data, network)));
        hibernate.put("Hibernate, same flush", HibernateContender.bound(pool(data, network)));
        Map<String, List<Block>> mapped = measure(network, work, hibernate);
        List<Block> tenant = mapped.get("Hibernate @TenantId");
        mapped.forEach((name, of) -> add(Line.of(
                network.name,
                work,
                name,
                of,
                of == tenant ? null : "@TenantId",
                of == tenant ? null : tenant,
                null)));
    }

    /** Unsigned bindings mean nobody where signatures are demanded, so what is compared with costs no signature: no row security. */
    private void signed(Data data, Network network) throws Exception {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put("unbound", JdbcContender.unbound(pool(data, network)));
        contenders.put("signed, same flush", JdbcContender.bound(pool(data, network), SIGNED, false));
        contenders.put("signed, read-only", JdbcContender.bound(pool(data, network), SIGNED, true));
        Map<String, List<Block>> done = measure(network, Work.BY_ID, contenders);
        List<Block> unbound = done.get("unbound");
        done.forEach((name, of) -> {
            if (of != unbound) {
                add(Line.of(
                        network.name, Work.BY_ID, name, of, "unbound", unbound, name.endsWith("flush") ? 0.95 : null));
            }
        });
    }

    private void add(Line line) {
        lines.add(line);
    }

    private static HikariDataSource pool(Data data, Network network) {
        return data.pool(network.port, network.threads);
    }

    private Map<String, List<Block>> measure(Network network, Work work, Map<String, Contender> contenders)
            throws Exception {
        System.out.printf("measuring: %s, %s: %s%n", network.name, work, String.join(", ", contenders.keySet()));
        Map<String, List<Block>> done = new LinkedHashMap<>();
        ExecutorService executor = Executors.newFixedThreadPool(network.threads);
        try {
            List<String> turn = new ArrayList<>(contenders.keySet());
            for (int block = -warmUpBlocks; block < blocks; block++) {
                // The first of a round is not always the same.
                Collections.rotate(turn, 1);
                for (String name : turn) {
                    Block of = Block.run(contenders.get(name), work, executor, network.threads, blockMillis);
                    if (block >= 0) {
                        done.computeIfAbsent(name, n -> new ArrayList<>()).add(of);
                    }
                }
            }
        } finally {
            executor.shutdownNow();
            contenders.values().forEach(Contender::close);
        }
        Map<String, List<Block>> inOrder = new LinkedHashMap<>();
        contenders.keySet().forEach(name -> inOrder.put(name, done.get(name)));
        return inOrder;
    }

    private record Network(String name, int port, int threads) {}
}
