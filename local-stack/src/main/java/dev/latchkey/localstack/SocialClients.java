package dev.latchkey.localstack;

import dev.latchkey.localstack.social.RegisteredClient;
import java.util.Set;

/** Our Keycloak as the stand-ins know it. */
final class SocialClients {

    private SocialClients() {}

    static RegisteredClient google(StackSettings settings) {
        return client(settings, "google");
    }

    static RegisteredClient github(StackSettings settings) {
        return client(settings, "github");
    }

    private static RegisteredClient client(StackSettings settings, String alias) {
        return new RegisteredClient(
                "local-stack-" + alias,
                "local-stack-only-" + alias,
                Set.of(settings.issuer() + "/broker/" + alias + "/endpoint"));
    }
}
