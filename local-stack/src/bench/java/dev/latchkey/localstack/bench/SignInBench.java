package dev.latchkey.localstack.bench;

import dev.latchkey.localstack.Progress;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.Stack;
import dev.latchkey.localstack.StackSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.keycloak.admin.client.Keycloak;

/** Measures, prints one table and writes the same for programs. Keycloak has core 0 for itself. */
public final class SignInBench {

    private static final double AIM = 0.97;

    /** Enough to keep one core busy while answers are on their way. */
    private static final int PEOPLE = 4;

    private final boolean quick = Boolean.getBoolean("bench.quick");
    private final int blocks = quick ? 4 : 16;
    /** Until the JIT compiler has done its work. */
    private final int warmUpBlocks = quick ? 2 : 10;
    private final long blockMillis = quick ? 1_000 : 5_000;
    private final StringBuilder table = new StringBuilder();
    private final List<String> report = new ArrayList<>();

    private SignInBench() {}

    /** @param arguments the directory of the stack, and the report to write */
    public static void main(String[] arguments) throws Exception {
        new SignInBench().run(Path.of(arguments[0]), Path.of(arguments[1]));
        // The servers have ended; their libraries' threads need not.
        System.exit(0);
    }

    private void run(Path directory, Path file) throws Exception {
        StackSettings settings = StackSettings.forTests(
                directory,
                Path.of(System.getProperty("latchkey.state"), "cache"),
                Path.of(System.getProperty("latchkey.parts")));
        Stack stack = new Stack(settings, new Progress(System.out));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
        try (stack) {
            stack.start();
            giveCoreToKeycloak();
            measure(settings, threads);
        } finally {
            threads.shutdownNow();
        }
        System.out.printf("%n%-10s %12s %12s   %s%n", "", "without us", "with us", "ratio (95 %)");
        System.out.print(table);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "[" + String.join(",\n ", report) + "]\n");
    }

    private void measure(StackSettings settings, ExecutorService threads) throws Exception {
        try (Keycloak admin = Keycloak.getInstance(
                settings.keycloakUrl(),
                "master",
                Secrets.ADMIN,
                settings.secrets().admin(),
                "admin-cli")) {
            BenchRealm.createPlain(admin, "bench-plain", PEOPLE);
            BenchRealm.createOurs(admin, "bench-ours", PEOPLE);
        }
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Contender plain = new Contender(http, settings.keycloakUrl(), "bench-plain", PEOPLE, threads);
        Contender ours = new Contender(http, settings.keycloakUrl(), "bench-ours", PEOPLE, threads);
        plain.signIn();
        ours.signIn();
        for (Work work : Work.values()) {
            compare(work, plain, ours);
        }
    }

    private void compare(Work work, Contender plain, Contender ours) throws Exception {
        System.out.printf("measuring: %s, %d pairs of blocks%n", work, blocks);
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int block = -warmUpBlocks; block < blocks; block++) {
            // The first of a pair is not always the same.
            boolean oursFirst = block % 2 == 0;
            double first = (oursFirst ? ours : plain).perSecond(work, blockMillis);
            double second = (oursFirst ? plain : ours).perSecond(work, blockMillis);
            if (block >= 0) {
                with.add(oursFirst ? first : second);
                without.add(oursFirst ? second : first);
            }
        }
        add(work, mean(without), mean(with), Ratio.of(with, without));
    }

    private void add(Work work, double without, double with, Ratio ratio) {
        boolean fallsShort = ratio.fallsShortOf(AIM);
        table.append(String.format(
                Locale.ROOT,
                "%-10s %10.1f/s %10.1f/s   %.3f (%.3f to %.3f), aim %.2f%s%n",
                work,
                without,
                with,
                ratio.mean(),
                ratio.low(),
                ratio.high(),
                AIM,
                fallsShort ? ": FALLS SHORT" : ""));
        report.add(String.format(
                Locale.ROOT,
                "{\"work\":\"%s\",\"without\":%.2f,\"with\":%.2f,\"ratio\":%.4f,\"low\":%.4f,\"high\":%.4f,\"aim\":%.2f,\"falls_short\":%b}",
                work,
                without,
                with,
                ratio.mean(),
                ratio.low(),
                ratio.high(),
                AIM,
                fallsShort));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }

    /** All its threads: it was started on the cores of this process. */
    private static void giveCoreToKeycloak() throws IOException, InterruptedException {
        ProcessHandle keycloak = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("-Dkc.home.dir="))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new IOException("there is no process of Keycloak"));
        Process pinned = new ProcessBuilder("taskset", "-a", "-c", "-p", "0", Long.toString(keycloak.pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (pinned.waitFor() != 0) {
            throw new IOException("Keycloak cannot be pinned to a core");
        }
    }
}
