package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.latchkey.journey.RunningStack.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningStack.class)
class SwaggerUiBrowserIT {

    @Test
    @DisplayName("Given Swagger UI, when alice authorizes there with PKCE, then GET /v1/me answers 200 with her claims")
    void authorizesAndExecutes(Running running) {
        try (Chromium chromium = new Chromium();
                BrowserContext context = chromium.visitor()) {
            Page page = context.newPage();
            List<String> refused = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.text().contains("Content Security Policy")) {
                    refused.add(message.text());
                }
            });
            page.navigate(running.settings().apiUrl() + "/swagger-ui/");
            page.click("button.authorize");
            Locator dialog = page.locator(".auth-container")
                    .filter(new Locator.FilterOptions().setHasText("authorizationCode"));
            dialog.locator("input[type=checkbox]").check();
            Page login = page.waitForPopup(() -> dialog.locator("button.authorize").click());
            assertThat(login.url()).contains("code_challenge_method=S256", "client_id=swagger-ui");
            login.fill("#username", "alice");
            login.fill("#password", "alice");
            login.click("#kc-login");
            assertThat(dialog.locator("button", new Locator.LocatorOptions().setHasText("Logout")))
                    .isVisible();
            page.click("button.btn-done");

            Locator me = page.locator(".opblock-get:has([data-path='/v1/me'])");
            me.locator(".opblock-summary").click();
            me.locator("button.execute").click();

            Locator answer = me.locator(".live-responses-table");
            assertThat(answer.locator(".response-col_status").last()).containsText("200");
            assertThat(answer).containsText("alice@example.test");
            me.scrollIntoViewIfNeeded();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", "swagger-ui.png")));
            assertThat(refused).isEmpty();
        }
    }
}
