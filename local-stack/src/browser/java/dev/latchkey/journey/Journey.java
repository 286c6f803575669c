package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import dev.latchkey.localstack.social.Person;
import java.util.List;
import java.util.Map;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Leads a visitor past every hosted page: an error, registration, second factors, signing out, a device, linking. */
final class Journey {

    private static final String PASSWORD = "a long way from home";

    private final Visit visit;
    private final Page page;

    Journey(Visit visit) {
        this.visit = visit;
        this.page = visit.page();
    }

    void pastEveryPage() {
        String name = "ivy-" + visit.hosted().look();
        String email = name + "@example.test";
        error();
        forgottenPassword();
        registration(name, email);
        profile();
        new SecondFactors(visit, PASSWORD).pastEveryPage();
        signOut();
        device();
        linking();
    }

    private void error() {
        page.navigate(visit.realm("auth?client_id=nobody"));
        visit.examine("error", "error");
    }

    private void forgottenPassword() {
        visit.begin("");
        page.fill("#username", "nobody");
        page.fill("#password", "nothing");
        page.click("#kc-login");
        assertThat(page.locator("#input-error-username")).isVisible();
        visit.examine("login", "sign-in-failed");
        page.click("a[href*=reset-credentials]");
        visit.examine("login-reset-password", "reset-password");
        page.click("#kc-form-buttons");
        assertThat(page.locator("[role=status]")).isVisible();
        visit.examine("login", "reset-password-sent");
    }

    private void registration(String name, String email) {
        visit.begin("");
        page.click("#kc-registration a");
        page.click("#kc-register-form [type=submit]");
        assertThat(page.locator("#input-error-username")).isVisible();
        visit.examine("register", "register");
        page.fill("#username", name);
        page.fill("#email", email);
        page.click("#kc-register-form [type=submit]");
        visit.examine("login-verify-email", "verify-email");
        visit.followMailTo(email);
        visit.examine("login-update-password", "choose-password");
        page.fill("#password-new", PASSWORD);
        page.fill("#password-confirm", PASSWORD);
        page.click("[type=submit]");
        visit.arrive();
    }

    private void profile() {
        visit.begin("&kc_action=UPDATE_PROFILE");
        visit.examine("login-update-profile", "update-profile");
    }

    private void signOut() {
        page.navigate(visit.realm("logout"));
        visit.examine("logout-confirm", "sign-out");
        page.click("#kc-logout");
        visit.examine("info", "signed-out");
    }

    private void device() {
        Map<String, Object> device =
                Http.json(Http.postForm(visit.realm("auth/device"), Map.of("client_id", "desktop")));
        page.navigate((String) device.get("verification_uri"));
        visit.examine("login-oauth2-device-verify-user-code", "device");
        page.fill("#device_user_code", (String) device.get("user_code"));
        page.click("#kc-login");
        // Consent is asked of a person once: somebody else for each look.
        String person = visit.hosted().look().phone() ? "alice" : "bob";
        page.fill("#username", person);
        page.fill("#password", person);
        page.click("#kc-login");
        visit.examine("login-oauth-grant", "device-consent");
        page.click("#kc-login");
        visit.examine("info", "device-done");
        page.context().clearCookies();
    }

    /** People at Google whose e-mail belongs to an account already: they prove the account, or are refused if Google has not verified it. */
    private void linking() {
        withAccountOf(Person.GRACE, () -> {
            visit.examine("login-idp-link-confirm", "link-account");
            page.click("#latchkey-try-again");
            visit.isAt("login");
            throughGoogle(Person.GRACE);
            page.click("#linkAccount");
            visit.examine("login", "link-account-proof");
        });
        withAccountOf(Person.UNVERIFIED, () -> {
            visit.examine("latchkey-broker-refused", "refused");
            page.click("#latchkey-try-again");
            visit.isAt("login");
        });
    }

    private void withAccountOf(Person person, Runnable visitor) {
        StackSettings settings = visit.running().settings();
        try (Keycloak admin = Keycloak.getInstance(
                settings.keycloakUrl(), "master", Secrets.ADMIN, settings.secrets().admin(), "admin-cli")) {
            UsersResource users = admin.realm("latchkey").users();
            delete(users, person.email());
            users.create(account("older-" + person.login(), person.email())).close();
            try {
                visit.begin("");
                throughGoogle(person);
                visitor.run();
            } finally {
                delete(users, person.email());
            }
        }
    }

    private void throughGoogle(Person person) {
        page.click("#social-google");
        page.click("#person-" + person.login());
    }

    private static void delete(UsersResource users, String email) {
        users.searchByEmail(email, true).forEach(user -> users.delete(user.getId()).close());
    }

    private static UserRepresentation account(String name, String email) {
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(PASSWORD);
        UserRepresentation account = new UserRepresentation();
        account.setUsername(name);
        account.setEmail(email);
        account.setEmailVerified(true);
        account.setEnabled(true);
        account.setCredentials(List.of(password));
        return account;
    }
}
