package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.SelectOption;
import dev.latchkey.journey.RunningStack.Running;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The hosted pages in our theme: how they look, read and work in a real browser. Takes the pictures of the documentation. */
@ExtendWith(RunningStack.class)
class LoginPagesBrowserIT {

    private static final String PROVIDERS_NOT_BEFORE_THE_PASSWORD = """
            () => {
              const password = document.querySelector("#kc-form-login");
              return ["social-google", "social-github"].filter((id) => {
                const provider = document.getElementById(id);
                return !(provider.compareDocumentPosition(password) & Node.DOCUMENT_POSITION_FOLLOWING)
                  || provider.getBoundingClientRect().bottom > password.getBoundingClientRect().top;
              });
            }
            """;

    private static Chromium chromium;

    @BeforeAll
    static void launch() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    static Stream<Look> looks() {
        return Look.all();
    }

    @ParameterizedTest
    @MethodSource("looks")
    @DisplayName("Given a visitor of any look, then the sign-in page is whole, usable and in order")
    void signIn(Look look, Running running) {
        try (HostedPage hosted = new HostedPage(chromium, running.settings().keycloakUrl(), look)) {
            Page page = hosted.page();
            Response response = page.navigate(new Visit(hosted, running).authorization(""));

            hosted.photograph("sign-in");
            assertThat(hosted.findings()).isEmpty();
            assertThat(providersNotBeforeThePassword(page)).isEmpty();
            assertThat(page.evaluate("window.tabbable.map((e) => e.id || e.getAttribute('href').match(/[a-z-]+(?=\\?)/)[0])"))
                    .isEqualTo(List.of(
                            "login-select-toggle",
                            "social-google",
                            "social-github",
                            "username",
                            "password",
                            "password-show-password",
                            "rememberMe",
                            "reset-credentials",
                            "kc-login",
                            "registration"));
            boolean german = look.language().equals("de");
            assertThat(page.locator("h1")).hasText(german ? "Anmelden" : "Sign in");
            assertThat(page.locator("#latchkey-providers")).containsText(german ? "Weiter mit" : "Continue with");
            assertThat(page.getByLabel(german ? "Benutzername oder E-Mail" : "Username or email"))
                    .isVisible();
            assertThat(response.headerValue("Content-Security-Policy"))
                    .isEqualTo("frame-src 'self'; frame-ancestors 'self'; object-src 'none';");
        }
    }

    @ParameterizedTest
    @FieldSource("dev.latchkey.journey.Look#OPPOSITES")
    @DisplayName("Given a visitor who meets every page, then all are whole and usable")
    void everyPage(Look look, Running running) {
        try (HostedPage hosted = new HostedPage(chromium, running.settings().keycloakUrl(), look)) {
            new Journey(new Visit(hosted, running)).pastEveryPage();
        }
    }

    @Test
    @DisplayName("Given another language is chosen, then the pages are in it from then on; and in English, given one that we lack")
    void language(Running running) {
        try (HostedPage hosted = new HostedPage(
                chromium, running.settings().keycloakUrl(), new Look(false, false, "fr"))) {
            Page page = hosted.page();
            page.navigate(new Visit(hosted, running).authorization(""));
            assertThat(page.locator("html")).hasAttribute("lang", "en");

            page.selectOption("#login-select-toggle", new SelectOption().setLabel("German (Deutsch)"));
            assertThat(page.locator("html")).hasAttribute("lang", "de");
            page.click("#kc-registration a");
            assertThat(page.locator("html")).hasAttribute("lang", "de");
            assertThat(page.getByLabel("Anzeigename")).isVisible();
        }
    }

    static Stream<Arguments> breaks() {
        return Map.ofEntries(
                        Map.entry("$('#kc-registration a').style.color = '#999'", "contrast"),
                        Map.entry(
                                "$('#username').parentElement.style.borderColor = '#ddd'", "outline of input#username"),
                        Map.entry("$('label[for=username]').remove()", "no label: input#username"),
                        Map.entry(
                                "$('#password-show-password').removeAttribute('aria-label')",
                                "no name: button#password-show-password"),
                        Map.entry(
                                """
                                $('#input-error-container-username').innerHTML = '<p class="pf-m-error">wrong</p>';
                                $('#username').removeAttribute('aria-describedby')""",
                                "no field is described by its error"),
                        Map.entry("document.documentElement.lang = 'fr'", "language is 'fr'"),
                        Map.entry("$('h1').remove()", "not one h1"),
                        Map.entry("$('h1').style = 'flex: none; width: 4rem'", "the title is squeezed"),
                        Map.entry("$('main').replaceWith(...$('main').childNodes)", "not one main"),
                        Map.entry("$('html').classList.add('pf-v5-theme-dark')", "not in the colour scheme"),
                        Map.entry("$('#username').style.minWidth = '400px'", "scrolls sideways"),
                        Map.entry("$('#kc-login').style.setProperty('transition', 'all 1s', 'important')", "moves"),
                        Map.entry("$('#kc-login').style.outline = 'none'", "focus does not show"),
                        Map.entry("$('#social-google').tabIndex = -1", "Tab 2 leads to"),
                        Map.entry("$('#kc-login').tabIndex = 4", "Tab 9 leads to"),
                        Map.entry(
                                "$('#kc-registration a').addEventListener('keydown', (e) => e.preventDefault())",
                                "trapped"),
                        Map.entry("new Image().src = 'http://127.0.0.1:9/pixel.png'", "asks another host"),
                        Map.entry("$('#kc-social-providers ul').role = 'listbox'", "axe"))
                .entrySet()
                .stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    @DisplayName("Given a page that is broken on purpose, then it is found")
    void broken(String breaking, String finding, Running running) {
        try (HostedPage hosted = new HostedPage(
                chromium, running.settings().keycloakUrl(), new Look(false, true, "en"))) {
            new Visit(hosted, running).begin("");
            hosted.page().evaluate("() => { const $ = (selector) => document.querySelector(selector); " + breaking + " }");
            assertThat(hosted.findings()).anySatisfy(line -> assertThat(line).contains(finding));
        }
    }

    @ParameterizedTest
    @MethodSource("disorders")
    @DisplayName("Given providers moved below the password, in the document or on the screen, then it is found")
    void disorder(String moving, Running running) {
        try (HostedPage hosted = new HostedPage(
                chromium, running.settings().keycloakUrl(), new Look(false, true, "en"))) {
            new Visit(hosted, running).begin("");
            hosted.page().evaluate(moving);
            assertThat(providersNotBeforeThePassword(hosted.page())).hasSize(2);
        }
    }

    static Stream<String> disorders() {
        return Stream.of(
                "document.querySelector('#kc-form-login').after(document.querySelector('#latchkey-providers'))",
                "document.querySelector('#latchkey-providers').style = 'position: relative; top: 60rem'");
    }

    private static List<?> providersNotBeforeThePassword(Page page) {
        return (List<?>) page.evaluate(PROVIDERS_NOT_BEFORE_THE_PASSWORD);
    }
}
