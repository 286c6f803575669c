package dev.latchkey.localstack;

/** What a person needs to know when everything is up. */
final class Banner {

    private Banner() {}

    static String of(StackSettings settings) {
        return """

                Latchkey is up. Ctrl-C ends it; the data stays until `mvn -Pfresh`.

                  Try it          %1$s/
                                  sign in as alice / alice or bob / bob, or with %6$s;
                                  add a work, then sign in as somebody else: it is not there
                  API             %1$s/v1/me, %1$s/v1/works (with a token), %1$s/health
                  Swagger UI      %1$s/swagger-ui/   all of the API: Authorize, then Execute
                  Keycloak        %2$s/admin/   (admin / admin), realm latchkey
                  Mail            %3$s/   everything that Keycloak sends
                  Postgres        postgresql://postgres:postgres@localhost:%4$d/latchkey
                  Logs            %5$s
                """.formatted(
                        settings.apiUrl(),
                        settings.keycloakUrl(),
                        settings.mailUrl(),
                        settings.ports().postgres(),
                        settings.logs(),
                        social(settings));
    }

    private static String social(StackSettings settings) {
        return "%s and %s"
                .formatted(
                        settings.google() == null ? "\"Google\" (a stand-in)" : "Google",
                        settings.github() == null ? "\"GitHub\" (a stand-in)" : "GitHub");
    }
}
