package dev.latchkey.load;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program under load, as a process of its own. */
final class Program implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** As the local stack starts the API; the same for all. */
    private static final List<String> JAVA =
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m");

    private final String name;
    private final int port;
    private final Process process;

    private Program(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts a program and waits until it says that it is healthy.
     *
     * @param name of its log in the directory
     * @param arguments of java
     * @param portVariable the environment variable that tells the program its port
     */
    static Program start(
            Path directory, String name, List<String> arguments, String portVariable, Map<String, String> environment)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(arguments);
        Files.createDirectories(directory);
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_ADDRESS", "localhost");
        builder.environment().put(portVariable, Integer.toString(port));
        var program = new Program(name, port, builder.start());
        Runtime.getRuntime().addShutdownHook(new Thread(program::close));
        program.awaitHealth(directory);
        return program;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    double cpu() {
        return CpuTime.of(process.pid());
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitHealth(Path directory) throws InterruptedException {
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health"))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("The program " + name + " does not come up: see its log in " + directory);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
