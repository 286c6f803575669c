package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.latchkey.journey.RunningStack.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the README's tutorial as it is written there, with bash and curl, and compares what it promises with what comes. */
@ExtendWith(RunningStack.class)
class TutorialBrowserIT {

    /** A command and, behind it, the output to expect, in which … stands for anything. */
    private static final Pattern STEP = Pattern.compile("```sh\n(.*?)```\n+```text\n(.*?)```", Pattern.DOTALL);

    private static final Pattern TUTORIAL =
            Pattern.compile("## From sign-in to the first isolated row\n(.*?)\n## ", Pattern.DOTALL);

    @Test
    @DisplayName("Given the README's tutorial, then every command gives the output that stands below it")
    void tutorial(Running running) throws Exception {
        Matcher tutorial =
                TUTORIAL.matcher(Files.readString(Path.of(System.getProperty("latchkey.readme"))));
        assertThat(tutorial.find()).isTrue();
        List<MatchResult> steps = STEP.matcher(tutorial.group(1)).results().toList();
        assertThat(steps).hasSizeGreaterThanOrEqualTo(4);
        try (Chromium chromium = new Chromium()) {
            String script = steps.stream()
                    .map(step -> step.group(1))
                    .collect(Collectors.joining("\nprintf '\\n---\\n'\n"))
                    .replace("<paste alice's token>", copiedToken(chromium, running, "alice"))
                    .replace("<paste bob's token>", copiedToken(chromium, running, "bob"))
                    .replace("http://localhost:8080", running.settings().apiUrl());
            String[] outputs = bash(script).split("\n---\n", -1);

            List<String> expected = new ArrayList<>();
            steps.forEach(step -> expected.add(step.group(2)));
            assertThat(outputs).hasSameSizeAs(expected);
            for (int i = 0; i < outputs.length; i++) {
                assertThat(outputs[i].strip()).matches(Expected.pattern(expected.get(i)));
            }
        }
    }

    private static String copiedToken(Chromium chromium, Running running, String name) {
        try (BrowserContext context = chromium.visitor()) {
            Page page = context.newPage();
            page.navigate(running.settings().apiUrl() + "/");
            page.click("#sign-in");
            page.fill("#username", name);
            page.fill("#password", name);
            page.click("#kc-login");
            page.click("#copy-token");
            assertThat(page.locator("#copy-token")).hasText("Copied");
            return (String) page.evaluate("navigator.clipboard.readText()");
        }
    }

    private static String bash(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-eu", "-o", "pipefail")
                .redirectErrorStream(true)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.replace("\r", "");
    }
}
