package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.latchkey.journey.RunningStack.Running;
import java.util.Map;

/** A visitor whom client {@code web} has sent to the hosted pages. Those examined must be in order, and are photographed. */
record Visit(HostedPage hosted, Running running) {

    Page page() {
        return hosted.page();
    }

    /** Where client {@code web} sends its visitors. */
    String authorization(String more) {
        return realm("auth?")
                + Http.encode(Map.of(
                        "client_id", "web",
                        "redirect_uri", running.settings().apiUrl() + "/",
                        "response_type", "code",
                        "scope", "openid profile",
                        // RFC 7636, appendix B.
                        "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                        "code_challenge_method", "S256"))
                + more;
    }

    /** Opens the sign-in page, or what {@code more} parameters of the request ask for instead. */
    void begin(String more) {
        page().navigate(authorization(more));
    }

    String realm(String endpoint) {
        return running.settings().issuer() + "/protocol/openid-connect/" + endpoint;
    }

    void followMailTo(String email) {
        page().navigate(new Mailbox(running.settings().mailUrl()).linkFor(email));
    }

    /** @param template Keycloak's name of the page, without {@code .ftl} */
    void examine(String template, String name) {
        isAt(template);
        hosted.photograph(name);
        assertThat(hosted.findings()).as(name).isEmpty();
    }

    void isAt(String template) {
        assertThat(page().locator("body")).hasAttribute("data-page-id", "login-" + template);
    }

    /** Back at the client. */
    void arrive() {
        page().waitForURL(url -> url.startsWith(running.settings().apiUrl() + "/"));
    }
}
