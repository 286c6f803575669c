package dev.latchkey.localstack;

import dev.latchkey.localstack.mail.MailStandIn;
import dev.latchkey.localstack.social.SocialStandIn;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** All parts together: started in the order in which they need each other, ended in the opposite order. */
public final class Stack implements AutoCloseable {

    /** An unpacked Keycloak, its build and an empty database, with room to work. */
    private static final long NEEDED_BYTES = 1L << 30;

    private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(15);

    private final StackSettings settings;
    private final Progress progress;
    private final ProcessRecords records;
    private final ChildProcesses children;
    private final Servers servers;
    private final Closeables others = new Closeables();

    /** With Postgres and Keycloak as processes. */
    public Stack(StackSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        records = new ProcessRecords(settings.run());
        children = new ChildProcesses(settings.logs(), records);
        servers = new ProcessServers(settings, children, progress);
    }

    /** With Postgres and Keycloak run in another way. */
    public Stack(StackSettings settings, Progress progress, Function<StackSettings, Servers> servers) {
        this.settings = settings;
        this.progress = progress;
        this.servers = servers.apply(settings);
        records = new ProcessRecords(settings.run());
        children = new ChildProcesses(settings.logs(), records);
    }

    public StackSettings settings() {
        return settings;
    }

    /**
     * Returns when everything can be used.
     *
     * @throws StartFailure when it cannot; whoever calls then closes the stack
     */
    public void start() throws InterruptedException {
        try {
            prepare();
            startParts();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void prepare() throws IOException {
        JavaProgram.requireComplete();
        others.add(StackLock.acquire(settings.run()));
        int leftovers = records.endLeftovers(LEFTOVER_GRACE);
        if (leftovers > 0) {
            progress.say("Stack", "ended %d processes that a killed stack had left behind".formatted(leftovers));
        }
        settings.ports().requireFree();
        requireRoom();
        Files.createDirectories(settings.logs());
        if (settings.fresh()) {
            Directories.delete(settings.data());
        }
    }

    private void startParts() throws IOException, InterruptedException {
        others.add(new SocialStandIn(
                settings.ports().social(),
                SocialClients.atGoogleStandIn(settings),
                SocialClients.atGitHubStandIn(settings)));
        others.add(new MailStandIn(settings.ports().smtp(), settings.ports().mail()));
        others.add(LoopbackRelay.of(settings.ports().keycloak()));
        others.add(LoopbackRelay.of(settings.ports().api()));
        Background background = new Background();
        CompletableFuture<Postgres> migrated = new CompletableFuture<>();
        background.start(() -> {
            servers.prepare();
            LocalRealm.apply(settings, servers.startKeycloak(migrated.join()), progress);
        });
        Postgres postgres = servers.startPostgres();
        Migrations.apply(settings, postgres, progress);
        migrated.complete(postgres);
        background.start(() -> ApiServer.start(settings, postgres, children, progress));
        background.awaitAll();
    }

    /** Completes with a sentence when a process ends that should not. */
    CompletableFuture<String> broken() {
        return children.firstExit().thenApply(child -> "The process %s %s".formatted(child.name(), child.end()));
    }

    /** Ends everything. May be called while the stack is still starting, and twice. */
    @Override
    public void close() {
        children.close();
        servers.close();
        others.close();
    }

    private void requireRoom() throws IOException {
        for (Path directory : new Path[] {settings.state(), settings.cache()}) {
            Files.createDirectories(directory);
            long usable = Files.getFileStore(directory).getUsableSpace();
            if (usable < NEEDED_BYTES) {
                throw new StartFailure(
                        "The disk of %s has %d MB left, and the local stack needs %d: make room or set LATCHKEY_STATE to a directory on another disk."
                                .formatted(directory, usable >> 20, NEEDED_BYTES >> 20));
            }
        }
    }

    private StartFailure failure(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return new StartFailure(
                    "%s cannot be written by the user %s: it belongs to somebody else, so delete %s as that user or set LATCHKEY_STATE to a directory of your own."
                            .formatted(denied.getFile(), System.getProperty("user.name"), settings.state()),
                    e);
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left")) {
            return new StartFailure(
                    "The disk of %s is full: make room or set LATCHKEY_STATE to a directory on another disk."
                            .formatted(settings.state()),
                    e);
        }
        return new StartFailure("The local stack cannot start: %s.".formatted(e), e);
    }
}
