package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The page in several tabs, with answers that get lost or come from somebody else (RFC 9700 §4.7.1 and §4.14.2, RFC 9207).
 */
@ExtendWith(RunningStack.class)
class ManyTabsBrowserIT {

    private static Chromium chromium;

    private StackSettings settings;
    private String home;
    private BrowserContext browser;
    private final List<Request> codeGrants = new ArrayList<>();
    private final List<Response> pagesOfKeycloak = new ArrayList<>();

    @BeforeAll
    static void launch() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @BeforeEach
    void visit(Running running) {
        settings = running.settings();
        home = settings.apiUrl() + "/";
        browser = chromium.visitor();
        browser.onRequest(request -> {
            if (isCodeGrant(request)) {
                codeGrants.add(request);
            }
        });
    }

    @AfterEach
    void leave() {
        browser.close();
    }

    @Test
    @DisplayName("Given two tabs and an expired token, then one refresh serves both, and the sign-in goes on")
    void oneRefresh() {
        Page first = signedIn();
        Page second = browser.newPage();
        second.navigate(home);
        assertThat(second.locator("#claims")).containsText("actor_uid");
        List<Route> refreshes = new ArrayList<>();
        onRefresh(refreshes::add);
        passMinutes(6);

        String one = add(first);
        String other = add(second);
        first.waitForCondition(() -> !refreshes.isEmpty() && waitingForTheOther(first, second) == 1);
        refreshes.get(0).resume();

        assertThat(work(first, one)).isVisible();
        assertThat(work(second, other)).isVisible();
        assertThat(refreshes).hasSize(1);

        passMinutes(12);
        String third = add(second);
        second.waitForCondition(() -> refreshes.size() == 2);
        refreshes.get(1).resume();
        assertThat(work(second, third)).isVisible();
    }

    @Test
    @DisplayName("Given a refresh whose answer gets lost, then the sign-in cookie gives new tokens, no page asks, and what was typed is there")
    void lostAnswer() {
        Page page = signedIn();
        loseAnswerOfOneRefresh();
        passMinutes(6);

        String title = add(page);

        // The tokens are new, and with them the page.
        page.waitForCondition(() -> !codeGrants.isEmpty());
        assertThat(page.locator("#claims")).containsText("actor_uid");
        assertThat(page.locator("#error")).isHidden();
        assertThat(page.locator("#work-title")).hasValue(title);
        page.click("#add-work");
        assertThat(work(page, title)).isVisible();
        assertThat(pagesOfKeycloak).isEmpty();
    }

    @Test
    @DisplayName("Given a lost answer and no sign-in cookie either, then the page says that the sign-in has ended")
    void ended() {
        Page page = signedIn();
        loseAnswerOfOneRefresh();
        browser.clearCookies();
        passMinutes(6);

        add(page);

        assertThat(page.locator("#error-title")).hasText("Your sign-in has ended");
        assertThat(page.locator("#sign-in")).isVisible();
        page.reload();
        assertThat(page.locator("#sign-in")).isVisible();
        assertThat(page.locator("#error")).isHidden();
    }

    @Test
    @DisplayName("Given a sign-out in one tab, then the other has nobody signed in either")
    void signOut() {
        Page first = signedIn();
        Page second = browser.newPage();
        second.navigate(home);
        assertThat(second.locator("#claims")).containsText("actor_uid");

        first.click("#sign-out");
        assertThat(first.locator("#sign-in")).isVisible();
        add(second);

        assertThat(second.locator("#error-title")).hasText("Your sign-in has ended");
        assertThat(second.locator("#sign-in")).isVisible();
    }

    @Test
    @DisplayName("Given a sign-out in one tab while another renews, then what that gets is gone with it")
    void signOutMeanwhile() {
        Page first = signedIn();
        Page second = browser.newPage();
        second.navigate(home);
        assertThat(second.locator("#claims")).containsText("actor_uid");
        List<Route> refreshes = new ArrayList<>();
        onRefresh(refreshes::add);
        passMinutes(6);

        add(first);
        first.waitForCondition(() -> !refreshes.isEmpty());
        second.click("#sign-out");
        second.waitForCondition(() -> waitingForTheOther(first) == 1);
        refreshes.get(0).resume();

        assertThat(second.locator("#sign-in")).isVisible();
        first.reload();
        assertThat(first.locator("#sign-in")).isVisible();
    }

    /** RFC 9700 §4.7.1: somebody lures the browser here with a code of their own. */
    @Test
    @DisplayName("Given an answer that this tab did not ask for, then its code is not redeemed")
    void forgedAnswer() {
        Page page = browser.newPage();

        page.navigate(home + "?code=theirs&state=theirs&iss=" + Http.encode(settings.issuer()));

        assertThat(page.locator("#error-title")).hasText("Signing in did not work");
        assertThat(page.locator("#sign-in")).isVisible();
        assertThat(page).hasURL(home);
        assertThat(codeGrants).isEmpty();
    }

    /** RFC 9207 §2.4. */
    @Test
    @DisplayName("Given an answer of another issuer, or of none, then its code is not redeemed")
    void otherIssuer() {
        for (String other : List.of(Http.encode("https://evil.example"), "")) {
            Page page = browser.newPage();
            toLogin(page);
            // The answer comes, and nobody looks at it.
            page.route(home + "app.js", Route::abort);
            page.click("#kc-login");
            page.waitForURL(url -> url.startsWith(home + "?"));
            String answer = page.url();
            assertThat(answer).contains("iss=" + Http.encode(settings.issuer()));
            page.unrouteAll();

            page.navigate(answer.replace(Http.encode(settings.issuer()), other));

            assertThat(page.locator("#error-detail")).containsText("somebody else");
            assertThat(page.locator("#sign-in")).isVisible();
            assertThat(codeGrants).isEmpty();
            browser.clearCookies();
        }
    }

    private Page signedIn() {
        Page page = browser.newPage();
        toLogin(page);
        page.click("#kc-login");
        assertThat(page.locator("#claims")).containsText("actor_uid");
        codeGrants.clear();
        browser.onResponse(response -> {
            if (response.url().startsWith(settings.issuer() + "/protocol/openid-connect/auth") && response.status() == 200) {
                pagesOfKeycloak.add(response);
            }
        });
        return page;
    }

    private void toLogin(Page page) {
        page.navigate(home);
        page.click("#sign-in");
        page.fill("#username", "bob");
        page.fill("#password", "bob");
    }

    private static String add(Page page) {
        String title = "Notes " + UUID.randomUUID();
        page.fill("#work-title", title);
        page.click("#add-work");
        return title;
    }

    private static Locator work(Page page, String title) {
        return page.locator("#works li").filter(new Locator.FilterOptions().setHasText(title));
    }

    /** For the page alone: its token seems to have expired. */
    private void passMinutes(int minutes) {
        browser.clock().setSystemTime(Date.from(Instant.now().plusSeconds(60L * minutes)));
    }

    private static int waitingForTheOther(Page... pages) {
        return (int) pages[0].evaluate("navigator.locks.query().then(locks => locks.pending.length)");
    }

    private interface Trouble {
        void at(Route route);
    }

    private void onRefresh(Trouble trouble) {
        browser.route(token()::equals, route -> {
            if (String.valueOf(route.request().postData()).contains("grant_type=refresh_token")) {
                trouble.at(route);
            } else {
                route.resume();
            }
        });
    }

    private void loseAnswerOfOneRefresh() {
        AtomicBoolean lost = new AtomicBoolean();
        onRefresh(route -> {
            if (lost.getAndSet(true)) {
                route.resume();
            } else {
                assertThat(route.fetch().status()).isEqualTo(200);
                route.abort("connectionreset");
            }
        });
    }

    private boolean isCodeGrant(Request request) {
        return request.url().equals(token())
                && String.valueOf(request.postData()).contains("grant_type=authorization_code");
    }

    private String token() {
        return settings.issuer() + "/protocol/openid-connect/token";
    }
}
