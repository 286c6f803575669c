package dev.latchkey.journey;

import dev.latchkey.localstack.Progress;
import dev.latchkey.localstack.Stack;
import dev.latchkey.localstack.StackSettings;
import dev.latchkey.localstack.container.ContainerServers;
import dev.latchkey.localstack.social.RealUpstreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The whole stack, started once for all tests of this JVM on free ports and empty data, and ended after the last. A test
 * takes it as a parameter.
 */
public final class RunningStack implements ParameterResolver {

    /** The realm whose brokers are of the real provider types. */
    static final String REAL_PROVIDERS_REALM = "real-providers";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(RunningStack.class))
                .getOrComputeIfAbsent(Running.class, any -> Running.start(), Running.class);
    }

    /** What is running. */
    record Running(StackSettings settings, Stack stack, RealUpstreams upstreams, Path directory)
            implements AutoCloseable {

        private static Running start() {
            try {
                Path home = Path.of(System.getProperty("latchkey.state"));
                Path parts = Path.of(System.getProperty("latchkey.parts"));
                // Always the same, so that a run ends what a killed one left behind.
                Path directory = Files.createDirectories(parts.resolveSibling("running-stack"));
                StackSettings settings = StackSettings.forTests(directory, home.resolve("cache"), parts);
                String brokers = settings.keycloakUrl() + "/realms/" + REAL_PROVIDERS_REALM + "/broker/";
                RealUpstreams upstreams =
                        new RealUpstreams(Set.of(brokers + "google/endpoint", brokers + "github/endpoint"));
                settings = settings.withKeycloakOptions(upstreams.keycloakOptions(directory));
                Progress progress = new Progress(System.out);
                Stack stack = "containers".equals(System.getProperty("latchkey.servers"))
                        ? new Stack(settings, progress, ContainerServers::new)
                        : new Stack(settings, progress);
                Running running = new Running(settings, stack, upstreams, directory);
                // A test run that is cut short must not leave servers behind.
                Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
                try {
                    stack.start();
                } catch (InterruptedException | RuntimeException e) {
                    running.close();
                    throw new IllegalStateException(e.getMessage() + logs(settings), e);
                }
                return running;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String logs(StackSettings settings) {
            return "\nLogs are kept in " + settings.state().resolve("logs");
        }

        @Override
        public void close() throws IOException {
            stack.close();
            upstreams.close();
        }
    }
}
