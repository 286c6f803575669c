package dev.latchkey.localstack;

import dev.latchkey.localstack.social.RegisteredClient;
import java.util.Set;

/** With which credentials our Keycloak is known to Google and GitHub: the real ones when given, else those of the stand-ins. */
final class SocialClients {

    private static final UpstreamClient GOOGLE_STAND_IN =
            new UpstreamClient("local-stack-google", "local-stack-only-google");
    private static final UpstreamClient GITHUB_STAND_IN =
            new UpstreamClient("local-stack-github", "local-stack-only-github");

    private SocialClients() {}

    static UpstreamClient googleCredentials(StackSettings settings) {
        return settings.google() == null ? GOOGLE_STAND_IN : settings.google();
    }

    static UpstreamClient githubCredentials(StackSettings settings) {
        return settings.github() == null ? GITHUB_STAND_IN : settings.github();
    }

    static RegisteredClient atGoogleStandIn(StackSettings settings) {
        return registered(settings, "google", GOOGLE_STAND_IN);
    }

    static RegisteredClient atGitHubStandIn(StackSettings settings) {
        return registered(settings, "github", GITHUB_STAND_IN);
    }

    private static RegisteredClient registered(StackSettings settings, String alias, UpstreamClient client) {
        return new RegisteredClient(
                client.id(), client.secret(), Set.of(settings.issuer() + "/broker/" + alias + "/endpoint"));
    }
}
