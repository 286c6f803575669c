package dev.latchkey.rowsecurity.adopt;

import java.util.List;
import java.util.function.Function;

/** Steps as SQL to read. It is what would be sent, but for the ticks in {@code app.adoption} and the settings of the session. */
final class Script {

    private Script() {}

    static String of(List<Step> steps, Function<Step, List<String>> statements) {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            script.append("-- %d/%d %s%n".formatted(i + 1, steps.size(), step.title()));
            if (statements.apply(step).isEmpty()) {
                script.append("-- nothing: a step of the other way\n");
            }
            statements.apply(step).forEach(sql -> script.append(sql).append(";\n"));
            script.append('\n');
        }
        return script.toString();
    }
}
