package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.keycloak.representations.idm.UserRepresentation;

/** What nobody sets for themselves, set all the same. */
final class ForgedAttributes {

    static final Map<String, String> VALUES =
            Map.of("tier", "pro", "permissions", "sync", "owner_id", "victim", "identity_of_record", "google:1");

    private ForgedAttributes() {}

    /** Sends one of Keycloak's forms with them added. */
    static void submit(HtmlPage page, String formId) throws IOException {
        submit(page, formId, Map.of());
    }

    static void submit(HtmlPage page, String formId, Map<String, String> more) throws IOException {
        HtmlForm form = (HtmlForm) page.getElementById(formId);
        assertThat(form).as(page.asXml()).isNotNull();
        VALUES.forEach((name, value) -> {
            // As this Keycloak names fields, and as older ones did.
            add(form, name, value);
            add(form, "user.attributes." + name, value);
        });
        more.forEach((name, value) -> add(form, name, value));
        DomElement submit = form.getFirstByXPath(".//*[@type='submit']");
        submit.click();
    }

    private static void add(HtmlForm form, String name, String value) {
        DomElement input = ((HtmlPage) form.getPage()).createElement("input");
        input.setAttribute("type", "hidden");
        input.setAttribute("name", name);
        input.setAttribute("value", value);
        form.appendChild(input);
    }

    static void assertHasNone(UserRepresentation person) {
        assertThat(Optional.ofNullable(person.getAttributes()).orElse(Map.of()))
                .doesNotContainKeys(VALUES.keySet().toArray(String[]::new));
    }
}
