package dev.latchkey.load;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Measures, prints two tables and writes them to a file: see docs/reference/performance.md. */
final class LoadBench {

    private static final int CONNECTIONS = 4;
    private static final int PEOPLE = 20;
    private static final int WORKS = 200;

    /** What the processor time of is compared. */
    private static final Set<Work> READS = EnumSet.of(Work.BY_ID, Work.ME);

    private final boolean quick = Boolean.getBoolean("bench.quick");
    private final String only = System.getProperty("load-bench.only", "");
    private final List<Work> works = works(System.getProperty("load-bench.works", ""));
    private final double rate = Integer.getInteger("load-bench.rate", 600);
    private final int pairs = Integer.getInteger("load-bench.pairs", quick ? 4 : 12);
    private final double blockSeconds = quick ? 2 : 4;
    private final int warmUp = Integer.getInteger("load-bench.warm-up", quick ? 30_000 : 150_000);
    private final List<String> report = new ArrayList<>();

    private LoadBench() {}

    public static void main(String[] arguments) throws Exception {
        // Of the libraries that start Postgres and migrate it.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        new LoadBench()
                .run(
                        Path.of(arguments[0]).toAbsolutePath(),
                        Path.of(arguments[1]).toAbsolutePath());
        // The servers have ended; their libraries' threads need not.
        System.exit(0);
    }

    private void run(Path apiJar, Path directory) throws Exception {
        try (Database database = new Database();
                Issuer issuer = new Issuer()) {
            List<Person> people = IntStream.range(0, PEOPLE)
                    .mapToObj(number -> "owner-" + number)
                    .map(owner -> new Person(owner, issuer.token(owner), WORKS))
                    .toList();
            database.seed(people.stream().map(Person::owner).toList(), WORKS);
            List<String> options = new ArrayList<>();
            if (Boolean.getBoolean("load-bench.jfr")) {
                options.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + directory
                        + "/{name}.jfr");
            }
            Programs programs = new Programs(database, issuer, apiJar, directory, options);
            // The same for both parts: what is compiled stays so.
            try (Program api = programs.api(Map.of());
                    Program plain = programs.plain();
                    Load load = new Load(CONNECTIONS, people)) {
                if (!only.equals("throughput")) {
                    cpu(programs, api, plain, load, database);
                }
                if (!only.equals("cpu")) {
                    throughput(programs, api, plain, load, database);
                }
            }
        }
        Path file = directory.resolve("load-bench.json");
        Files.writeString(file, "[" + String.join(",\n ", report) + "]\n");
    }

    /** @param names with commas; none are all */
    private static List<Work> works(String names) {
        return names.isBlank()
                ? List.of(Work.values())
                : Stream.of(names.split(",", -1)).map(Work::valueOf).toList();
    }

    private void cpu(Programs programs, Program api, Program plain, Load load, Database database) throws Exception {
        try (Program withActuator = programs.plainWithActuator()) {
            List<Program> all = List.of(api, plain, withActuator);
            for (Work work : works.stream().filter(READS::contains).toList()) {
                warmUp(all, load, work);
                // At a rate that leaves time to sleep and wake between requests, and at as many as go.
                for (double perSecond : new double[] {rate, 0}) {
                    print(work, perSecond, all, measure(all, load, database, work, perSecond));
                }
            }
        }
    }

    /** The first program is the API. */
    private void print(Work work, double perSecond, List<Program> programs, List<List<Turn>> turns) {
        String load = perSecond == 0 ? "as many as go" : String.format(Locale.ROOT, "%.0f a second", perSecond);
        System.out.printf("%n%s, %s, µs of processor for each%n", work, load);
        System.out.printf("%-16s %8s %9s   %-26s %s%n", "", "program", "Postgres", "api to it", "api to it, both");
        for (int i = 0; i < programs.size(); i++) {
            List<Turn> of = turns.get(i);
            Ratio own = ratio(turns.get(0), of, Turn::ownCpu);
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %8.0f %9.0f   %-26s %s%n",
                    programs.get(i).name(),
                    mean(of, Turn::ownCpu),
                    mean(of, Turn::databaseCpu),
                    i == 0 ? "" : own,
                    i == 0 ? "" : ratio(turns.get(0), of, Turn::cpu));
            report.add(String.format(
                    Locale.ROOT,
                    "{\"cpu\":\"%s\",\"load\":\"%s\",\"program\":\"%s\",\"own\":%.1f,\"database\":%.1f,\"ratio\":%.4f,\"low\":%.4f,\"high\":%.4f}",
                    work,
                    load,
                    programs.get(i).name(),
                    mean(of, Turn::ownCpu),
                    mean(of, Turn::databaseCpu),
                    own.mean(),
                    own.low(),
                    own.high()));
        }
    }

    private void throughput(Programs programs, Program api, Program plain, Load load, Database database)
            throws Exception {
        try (Program explicit = programs.explicit()) {
            System.out.printf("%n%-14s %10s %10s   %s%n", "", "with", "without", "ratio (95 %)");
            for (Work work : works) {
                Program other = work == Work.ME ? plain : explicit;
                List<Program> both = List.of(api, other);
                warmUp(both, load, work);
                List<List<Turn>> turns = measure(both, load, database, work, 0);
                double aim = work == Work.ME ? 0.9 : 0.97;
                Ratio ratio = ratio(turns.get(0), turns.get(1), Turn::perSecond);
                System.out.printf(
                        Locale.ROOT,
                        "%-14s %8.1f/s %8.1f/s   %s, aim %.2f%s%n",
                        work,
                        mean(turns.get(0), Turn::perSecond),
                        mean(turns.get(1), Turn::perSecond),
                        ratio,
                        aim,
                        ratio.high() < aim ? ": FALLS SHORT" : "");
                report.add(String.format(
                        Locale.ROOT,
                        "{\"work\":\"%s\",\"with\":%.1f,\"without\":%.1f,\"ratio\":%.4f,\"low\":%.4f,\"high\":%.4f,\"aim\":%.2f}",
                        work,
                        mean(turns.get(0), Turn::perSecond),
                        mean(turns.get(1), Turn::perSecond),
                        ratio.mean(),
                        ratio.low(),
                        ratio.high(),
                        aim));
            }
        }
    }

    /** By requests, not by time: what the JIT compiler has seen counts. Batches are many requests each. */
    private void warmUp(List<Program> programs, Load load, Work work) throws Exception {
        int wanted = work == Work.BATCH ? warmUp / 100 : work == Work.CREATE ? warmUp / 4 : warmUp;
        Map<Program, Integer> done = new HashMap<>();
        Map<Program, StringBuilder> courses = new LinkedHashMap<>();
        while (programs.stream().anyMatch(program -> done.getOrDefault(program, 0) < wanted)) {
            for (Program program : programs) {
                double before = program.cpu();
                Load.Block block = load.flood(program, work, 4);
                done.merge(program, block.requests(), Integer::sum);
                courses.computeIfAbsent(program, any -> new StringBuilder())
                        .append(String.format(
                                Locale.ROOT, " %.0f", (program.cpu() - before) * 1e6 / Math.max(1, block.requests())));
            }
        }
        courses.forEach((program, course) ->
                System.out.printf("warm: %s, %s, µs of processor for each:%s%n", program.name(), work, course));
    }

    /** The turns of each program, as many as of the others. */
    private List<List<Turn>> measure(List<Program> programs, Load load, Database database, Work work, double perSecond)
            throws Exception {
        List<List<Turn>> turns =
                programs.stream().<List<Turn>>map(program -> new ArrayList<>()).toList();
        for (int pair = 0; pair < pairs; pair++) {
            // The first is not always the same.
            for (int i = 0; i < programs.size(); i++) {
                int turn = (i + pair) % programs.size();
                turns.get(turn).add(turn(programs.get(turn), load, database, work, perSecond));
            }
        }
        return turns;
    }

    private Turn turn(Program program, Load load, Database database, Work work, double perSecond) throws Exception {
        double own = program.cpu();
        double databases = database.cpu();
        Load.Block block = perSecond == 0
                ? load.flood(program, work, blockSeconds)
                : load.pace(program, work, blockSeconds, perSecond);
        return new Turn(
                block.perSecond(),
                (program.cpu() - own) * 1e6 / block.requests(),
                (database.cpu() - databases) * 1e6 / block.requests());
    }

    private static Ratio ratio(List<Turn> ours, List<Turn> others, ToDoubleFunction<Turn> number) {
        return Ratio.of(
                ours.stream().map(number::applyAsDouble).toList(),
                others.stream().map(number::applyAsDouble).toList());
    }

    private static double mean(List<Turn> turns, ToDoubleFunction<Turn> number) {
        return turns.stream().mapToDouble(number).average().orElseThrow();
    }
}
