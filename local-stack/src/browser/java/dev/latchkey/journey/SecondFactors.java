package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.List;

/** Leads somebody who has just signed in past the pages of second factors: sets each up, is asked for each, deletes one. */
final class SecondFactors {

    private final Visit visit;
    private final Page page;
    private final String password;
    private String passwordForm = "";

    SecondFactors(Visit visit, String password) {
        this.visit = visit;
        this.page = visit.page();
        this.password = password;
    }

    void pastEveryPage() {
        setUpOneTimeCodes();
        setUpRecoveryCodes();
        setUpSecurityKey();
        String device = signInAgain();
        tryAnotherWay();
        goBack();
        delete(device);
    }

    private void setUpOneTimeCodes() {
        for (String device : List.of("phone", "tablet")) {
            visit.begin("&kc_action=CONFIGURE_TOTP");
            page.fill("#totp", "1");
            page.click("#saveTOTPBtn");
            assertThat(page.locator("#input-error-otp-code")).isVisible();
            visit.examine("login-config-totp", "set-up-one-time-codes");
            page.fill("#totp", OneTimeCode.of(page.inputValue("#totpSecret")));
            page.fill("#userLabel", device);
            page.click("#saveTOTPBtn");
            visit.arrive();
        }
    }

    private void setUpRecoveryCodes() {
        visit.begin("&kc_action=CONFIGURE_RECOVERY_AUTHN_CODES");
        visit.examine("login-recovery-authn-code-config", "set-up-recovery-codes");
        page.check("#kcRecoveryCodesConfirmationCheck");
        page.click("#saveRecoveryAuthnCodesBtn");
        visit.arrive();
    }

    private void setUpSecurityKey() {
        CDPSession devTools = page.context().newCDPSession(page);
        devTools.send("WebAuthn.enable");
        devTools.send("WebAuthn.addVirtualAuthenticator", (JsonObject) JsonParser.parseString("""
                {"options": {"protocol": "ctap2", "transport": "usb", "hasResidentKey": true, "hasUserVerification": true,
                             "isUserVerified": true}}"""));
        page.onDialog(dialog -> dialog.accept("key"));
        visit.begin("&kc_action=webauthn-register");
        visit.examine("webauthn-register", "set-up-security-key");
        page.click("#registerWebAuthn");
        visit.arrive();
    }

    /** @return Keycloak's id of the device that it suggests */
    private String signInAgain() {
        visit.begin("&prompt=login");
        visit.examine("login", "sign-in-again");
        passwordForm = page.getAttribute("#kc-form-login", "action");
        page.fill("#password", password);
        page.click("#kc-login");
        visit.examine("login-otp", "one-time-code");
        String first = page.inputValue("#selectedCredentialId");
        page.focus("[aria-pressed=false]");
        page.keyboard().press("Enter");
        assertThat(page.inputValue("#selectedCredentialId")).isNotEqualTo(first);
        assertThat(page.locator("[aria-pressed=true]")).hasText("tablet");
        return first;
    }

    private void tryAnotherWay() {
        page.click("#try-another-way");
        visit.examine("select-authenticator", "choose-second-factor");
        choose("list");
        visit.examine("login-recovery-authn-code-input", "recovery-code");
        page.click("#try-another-way");
        choose("key");
        visit.examine("webauthn-authenticate", "security-key");
    }

    private void choose(String icon) {
        page.focus("[role=button]:has(.fa-" + icon + ")");
        page.keyboard().press("Enter");
    }

    private void goBack() {
        page.navigate(passwordForm);
        visit.examine("login-page-expired", "page-expired");
    }

    private void delete(String device) {
        visit.begin("&kc_action=delete_credential:" + device);
        visit.examine("delete-credential", "delete-second-factor");
    }
}
