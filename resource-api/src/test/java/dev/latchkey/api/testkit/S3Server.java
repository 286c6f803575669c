package dev.latchkey.api.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A real S3 server (S3Proxy), which checks signatures and keeps objects as files. A process on a class path of its own: what it brings along,
 * such as a mapper of XML, Spring would find and use.
 */
public final class S3Server {

    public static final String BUCKET = "snapshots";
    public static final String ACCESS_KEY = "access-key-of-the-tests";
    public static final String SECRET_KEY = "secret-key-of-the-tests";

    /** One for all tests of the module. */
    public static final S3Server INSTANCE = new S3Server();

    private final int port;
    private final Path directory;
    private Process process;

    private S3Server() {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
            directory = Files.createTempDirectory("s3-server");
            Files.createDirectories(objects());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        start();
    }

    public int port() {
        return port;
    }

    /** Where the bucket's objects are, each a file with the name of its key. */
    public Path objects() {
        return directory.resolve("data").resolve(BUCKET);
    }

    public void start() {
        try {
            Path logging = Files.writeString(
                    directory.resolve("logback.xml"), "<configuration><root level='warn'/></configuration>");
            Path settings = Files.writeString(directory.resolve("settings"), """
                    s3proxy.endpoint=http://127.0.0.1:%d
                    s3proxy.authorization=aws-v4
                    s3proxy.identity=%s
                    s3proxy.credential=%s
                    jclouds.provider=filesystem-nio2
                    jclouds.identity=none
                    jclouds.credential=none
                    jclouds.filesystem.basedir=%s
                    """.formatted(
                            port, ACCESS_KEY, SECRET_KEY, objects().getParent()));
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-Dlogback.configurationFile=" + logging,
                            "-cp",
                            Files.readString(Path.of(System.getProperty("latchkey.s3-server"))),
                            "org.gaul.s3proxy.Main",
                            "--properties",
                            settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofMinutes(1)).until(this::answers);
    }

    public void stop() {
        process.destroyForcibly().onExit().join();
    }

    /** As the client's standard chain takes them, beside which our settings have no names of their own. */
    public static void credentials(String secretKey) {
        System.getProperties().putAll(Map.of("aws.accessKeyId", ACCESS_KEY, "aws.secretAccessKey", secretKey));
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(directory.resolve("log")));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
