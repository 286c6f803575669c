package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page at {@code /} of the API in a real browser, with its scripts and its Content-Security-Policy. */
@ExtendWith(RunningStack.class)
class TryItBrowserIT {

    private static Chromium chromium;

    @BeforeAll
    static void launch() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    private interface HostedLogin {
        void signIn(Page page);
    }

    @Test
    @DisplayName("Given a password, then the page shows claims, keeps a work, and signs out")
    void password(Running running) {
        journey(running, "password", page -> {
            page.fill("#username", "bob");
            page.fill("#password", "bob");
            page.click("#kc-login");
        });
    }

    @Test
    @DisplayName("Given a person at Google, then the page shows claims, keeps a work, and signs out")
    void google(Running running) {
        journey(running, "google", page -> {
            page.click("#social-google");
            page.click("#person-" + Person.ADA.login());
        });
    }

    @Test
    @DisplayName("Given a person at GitHub, then the page shows claims, keeps a work, and signs out")
    void gitHub(Running running) {
        journey(running, "github", page -> {
            page.click("#social-github");
            page.click("#person-" + Person.GRACE.login());
        });
    }

    private static void journey(Running running, String provider, HostedLogin login) {
        String home = running.settings().apiUrl() + "/";
        String title = "Notes " + UUID.randomUUID();
        try (BrowserContext context = chromium.visitor()) {
            Page page = context.newPage();
            page.navigate(home);
            page.click("#sign-in");
            page.waitForURL(Pattern.compile("^" + Pattern.quote(running.settings().issuer()) + ".*"));
            login.signIn(page);

            assertThat(page.locator("#claims")).containsText(provider);
            assertThat(page.locator("#claims")).containsText("actor_uid");
            assertThat(page).hasURL(home);

            page.fill("#work-title", title);
            page.click("#add-work");
            Locator work = page.locator("#works li")
                    .filter(new Locator.FilterOptions().setHasText(title));
            assertThat(work).isVisible();
            page.reload();
            assertThat(work).isVisible();
            work.locator("button.delete").click();
            assertThat(work).hasCount(0);
            assertThat(page.locator("#error")).isHidden();

            page.click("#sign-out");
            assertThat(page.locator("#sign-in")).isVisible();
            page.click("#sign-in");
            assertThat(page.locator("#kc-login")).isVisible();
        }
    }
}
