package dev.latchkey.localstack.social;

import java.io.IOException;
import java.util.Map;

/** What both providers have in common: asking the person, and handing out a code. */
final class Provider {

    private final String name;
    private final RegisteredClient client;
    private final Grants grants;

    Provider(String name, RegisteredClient client, Grants grants) {
        this.name = name;
        this.client = client;
        this.grants = grants;
    }

    void authorize(Call call) throws IOException {
        Authorization authorization = Authorization.of(call, client);
        if (!"POST".equals(call.method())) {
            call.html(200, Chooser.page(name, call.parameters()));
            return;
        }
        Person person = Person.byLogin(call.parameter("person"))
                .orElseThrow(() -> new Refusal(400, "invalid_request", "There is no such sample person."));
        call.redirect(
                authorization.redirectUri(),
                Map.of("code", grants.newCode(authorization, person), "state", authorization.state()));
    }

    Grants.Code redeem(Call call) {
        return grants.redeem(call, client);
    }

    String newToken(Person person) {
        return grants.newToken(person);
    }

    Person bearer(Call call) {
        return grants.bearer(call);
    }

    String clientId() {
        return client.id();
    }
}
