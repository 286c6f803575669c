package dev.latchkey.rowsecurity.prover;

import java.lang.reflect.Method;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** One invocation per claim; the proof's transaction ends with the last. */
final class ProofExtension implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(ProveIsolation.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        ProveIsolation settings = context.getRequiredTestMethod().getAnnotation(ProveIsolation.class);
        try {
            IsolationProof proof = IsolationProof.open(
                    admin(context.getRequiredTestClass()),
                    settings.role(),
                    Arrays.stream(settings.samples()).collect(Collectors.toMap(Sample::table, Sample::row)),
                    Fuzzing.lasting(Duration.ofSeconds(settings.fuzzSeconds()), settings.fuzzSeed()));
            return proof.claims().stream()
                    .<TestTemplateInvocationContext>map(Invocation::new)
                    .onClose(() -> close(proof));
        } catch (SQLException e) {
            throw new ExtensionConfigurationException("The proof could not be begun", e);
        }
    }

    private static void close(IsolationProof proof) {
        try {
            proof.close();
        } catch (SQLException e) {
            throw new IllegalStateException("The proof's transaction could not be rolled back", e);
        }
    }

    private static DataSource admin(Class<?> test) {
        try {
            Method method = test.getDeclaredMethod("admin");
            method.setAccessible(true);
            return (DataSource) method.invoke(null);
        } catch (ReflectiveOperationException | ClassCastException | NullPointerException e) {
            throw new ExtensionConfigurationException(
                    "%s needs a method: static DataSource admin(), a superuser's".formatted(test.getName()), e);
        }
    }

    private record Invocation(Claim claim) implements TestTemplateInvocationContext, ParameterResolver {

        @Override
        public String getDisplayName(int index) {
            return claim.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Claim.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return claim;
        }
    }
}
