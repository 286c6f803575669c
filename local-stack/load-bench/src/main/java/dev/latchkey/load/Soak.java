package dev.latchkey.load;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/** Ten minutes of everything, and a minute of people who do not wait: see docs/reference/performance.md. Fails where something is left behind. */
final class Soak {

    private static final int PEOPLE = 20;
    private static final int WORKS = 200;
    private static final int POOL = 5;
    private static final double PER_SECOND = 100;

    /** How much more may be held in the last third than in the first. */
    private static final double TOLERANCE = 1.1;

    private final Duration duration = Duration.ofMinutes(Integer.getInteger("soak.minutes", 10));
    private final Duration cancelling = Duration.ofSeconds(Integer.getInteger("soak.cancelling-seconds", 60));

    private Soak() {}

    public static void main(String[] arguments) throws Exception {
        // Of the libraries that start Postgres and migrate it.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        new Soak()
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
            Programs programs = new Programs(database, issuer, apiJar, directory, List.of());
            cancellations(programs, database, people);
            memory(programs, database, people);
        }
    }

    private void cancellations(Programs programs, Database database, List<Person> people) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
        try (Program api = programs.api(Map.of("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", Integer.toString(POOL)))) {
            long end = System.nanoTime() + cancelling.toNanos();
            Canceller.Tally all = new Canceller.Tally(0, 0, 0, 0);
            for (Future<Canceller.Tally> one : threads.invokeAll(people.stream()
                    .map(person -> new Canceller(api, person, end))
                    .toList())) {
                all = all.plus(one.get());
            }
            // The last of what was cancelled ends.
            Thread.sleep(3000);
            int idle = count(database, "state = 'idle' and xact_start is null");
            int busy = count(database, "state <> 'idle' or xact_start is not null");
            System.out.printf(
                    "%d people, %d connections, %d seconds: %s; afterwards %d connections idle, %d not%n",
                    PEOPLE, POOL, cancelling.toSeconds(), all, idle, busy);
            require(all.foreign() == 0, "Somebody got what is another's");
            require(all.answered() > 0 && all.cancelled() > 0, "Nothing was asked or nothing cancelled");
            require(idle == POOL && busy == 0, "Connections did not come back");
        } finally {
            threads.shutdownNow();
        }
    }

    private static int count(Database database, String condition) throws Exception {
        return Integer.parseInt(database.ask(
                Database.PROTECTED,
                "select count(*) from pg_stat_activity where usename = 'latchkey_app' and (" + condition + ")"));
    }

    private void memory(Programs programs, Database database, List<Person> people) throws Exception {
        try (Program api = programs.api(Map.of());
                Load load = new Load(4, people)) {
            // What is loaded and compiled once is no leak.
            mixed(api, load, Math.min(60, duration.toSeconds() / 5.0));
            List<Health> course = new ArrayList<>();
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < end) {
                mixed(api, load, 10);
                course.add(Health.of(api, database));
            }
            report("heap, KB", course, Health::heap);
            report("threads", course, Health::threads);
            report("file handles", course, Health::handles);
            report("connections", course, Health::connections);
        }
    }

    private static void mixed(Program api, Load load, double seconds) throws Exception {
        for (Work work : List.of(Work.BY_ID, Work.NEWEST, Work.CREATE, Work.ME)) {
            load.pace(api, work, seconds / 4, PER_SECOND);
        }
        load.pace(api, Work.BATCH, 1, 1);
    }

    private static void report(String what, List<Health> course, ToDoubleFunction<Health> number) {
        int third = course.size() / 3;
        double first = mean(course.subList(0, third), number);
        double last = mean(course.subList(course.size() - third, course.size()), number);
        System.out.printf(
                Locale.ROOT,
                "%-14s first third %10.1f, last third %10.1f, ratio %.3f%n",
                what,
                first,
                last,
                last / first);
        require(last / first <= TOLERANCE, "More and more is held: " + what);
    }

    private static double mean(List<Health> course, ToDoubleFunction<Health> number) {
        return course.stream().mapToDouble(number).average().orElseThrow();
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalStateException(otherwise);
        }
    }
}
