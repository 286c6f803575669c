package dev.latchkey.localstack.matrix;

import java.lang.module.ModuleDescriptor.Version;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** On a Keycloak that is too old, only {@link TooOldKeycloakIT} runs; on others, all but that. */
public final class RefusedOrNot implements ExecutionCondition {

    /** The oldest Keycloak that takes our jar. */
    static final String NEEDED = "26.7";

    /** For the table. */
    static final String REFUSED = "refused: needs " + NEEDED;

    static final String TAKEN = "new enough";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean tooOld = Version.parse(System.getProperty("latchkey.keycloak")).compareTo(Version.parse(NEEDED)) < 0;
        boolean aboutRefusal =
                context.getTestClass().filter(TooOldKeycloakIT.class::equals).isPresent();
        return context.getTestClass().isEmpty() || tooOld == aboutRefusal
                ? ConditionEvaluationResult.enabled("Tells something of this Keycloak")
                : ConditionEvaluationResult.disabled(tooOld ? REFUSED : TAKEN);
    }
}
