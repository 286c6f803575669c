package dev.latchkey.localstack.matrix;

import java.lang.module.ModuleDescriptor.Version;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** On a Keycloak that is too old, only {@link TooOldKeycloakIT} runs; on others all but that, and what they are {@link Lacking}. */
public final class Testable implements ExecutionCondition {

    /** The oldest Keycloak that takes our jar. */
    static final String NEEDED = "26.4";

    /** For the table. */
    static final String REFUSED = "refused: needs " + NEEDED;

    static final String TAKEN = "new enough";

    private final String version = System.getProperty("latchkey.keycloak");
    private final List<Lacking> lacking = Lacking.on(version);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestClass().isEmpty()) {
            return ConditionEvaluationResult.enabled("All tests");
        }
        Class<?> type = context.getTestClass().get();
        boolean tooOld = Version.parse(version).compareTo(Version.parse(NEEDED)) < 0;
        if (tooOld != type.equals(TooOldKeycloakIT.class)) {
            return ConditionEvaluationResult.disabled(tooOld ? REFUSED : TAKEN);
        }
        String name = type.getName().replaceFirst("^.*\\.", "").replace('$', '.')
                + context.getTestMethod().map(Method::getName).map("."::concat).orElse("");
        return lacking.stream()
                .filter(row -> row.test().equals(name))
                .findFirst()
                .map(row -> ConditionEvaluationResult.disabled(row.reason()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("Tells something of this Keycloak"));
    }
}
