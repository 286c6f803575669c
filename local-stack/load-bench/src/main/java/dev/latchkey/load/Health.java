package dev.latchkey.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a program holds.
 *
 * @param heap kilobytes that are reachable: after a full collection
 * @param handles open files, sockets among them
 * @param connections to the database
 */
record Health(long heap, int threads, int handles, int connections) {

    private static final Pattern USED = Pattern.compile("heap +total \\d+K, used (\\d+)K");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

    static Health of(Program program, Database database) throws Exception {
        jcmd(program, "GC.run");
        return new Health(
                number(USED, jcmd(program, "GC.heap_info")),
                (int) number(THREADS, Files.readString(process(program).resolve("status"))),
                handles(program),
                Integer.parseInt(
                        database.ask(
                                Database.PROTECTED,
                                "select count(*) from pg_stat_activity where usename = 'latchkey_app' and backend_type = 'client backend'")));
    }

    private static int handles(Program program) throws IOException {
        try (Stream<Path> open = Files.list(process(program).resolve("fd"))) {
            return (int) open.count();
        }
    }

    private static Path process(Program program) {
        return Path.of("/proc", Long.toString(program.pid()));
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("No " + pattern + " in: " + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static String jcmd(Program program, String command) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(program.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer;
    }
}
