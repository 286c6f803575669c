package dev.latchkey.localstack.social;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What both providers have in common: asking the person, and handing out a code. */
final class Provider {

    private final String name;
    private final RegisteredClient client;
    private final List<Person> people;
    private final Grants grants;

    Provider(String name, RegisteredClient client, List<Person> people, Grants grants) {
        this.name = name;
        this.client = client;
        this.people = people;
        this.grants = grants;
    }

    void authorize(Call call) throws IOException {
        Authorization authorization = Authorization.of(call, client);
        if (!"POST".equals(call.method())) {
            call.html(200, Chooser.page(name, people, call.parameters()));
            return;
        }
        Person person = people.stream()
                .filter(candidate -> candidate.login().equals(call.parameter("person")))
                .findFirst()
                .orElseThrow(() -> new Refusal(400, "invalid_request", "There is no such sample person."));
        call.redirect(
                authorization.redirectUri(),
                Map.of("code", grants.newCode(authorization, person), "state", authorization.state()));
    }

    Grants.Code redeem(Call call) {
        return grants.redeem(call, client);
    }

    String newToken(Person person) {
        return grants.newToken(person, client.id());
    }

    Person bearer(Call call) {
        return grants.bearer(call);
    }

    /** What is known of a token, if it is one of the application's own and the application asks. */
    Optional<Grants.Token> checked(Call call, String token) {
        return client.knows(call.clientId(), call.clientSecret())
                ? grants.token(token).filter(known -> known.clientId().equals(client.id()))
                : Optional.empty();
    }

    String clientId() {
        return client.id();
    }
}
