package dev.latchkey.keycloak.owner;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom a scope asks to act for. A token acts for exactly one owner, so every scope that leaves it open is refused.
 *
 * @param workspace the alias of the workspace; null for the person
 */
record OwnerChoice(@Nullable String workspace) {

    private static final String PERSONAL = "personal";
    private static final String ORGANIZATION = "organization";

    /** RFC 6749 §3.3: what a scope may consist of. Keycloak takes any alias, which in other letters is up to three times as long in bytes. */
    private static final Pattern SCOPE_TOKEN = Pattern.compile("[!#-\\[\\]-~]+");

    /**
     * @param scope a scope parameter (RFC 6749 §3.3); null and empty ask for the person
     * @throws OwnerRefusedException if it asks for several owners, or for a workspace without naming it
     */
    static OwnerChoice of(@Nullable String scope) throws OwnerRefusedException {
        List<String> scopes = split(scope);
        List<String> workspaces = scopes.stream()
                .filter(OwnerChoice::isWorkspace)
                .map(s -> s.substring(Math.min(s.length(), ORGANIZATION.length() + 1)))
                .toList();
        if (workspaces.isEmpty()) {
            return new OwnerChoice(null);
        }
        if (workspaces.size() > 1 || scopes.contains(PERSONAL)) {
            throw new OwnerRefusedException("A token acts for one owner: ask for one workspace or for personal");
        }
        String alias = workspaces.get(0);
        if (alias.equals("*") || !SCOPE_TOKEN.matcher(alias).matches()) {
            throw new OwnerRefusedException(
                    "Name the workspace: organization:<alias>, in letters of RFC 6749 section 3.3");
        }
        return new OwnerChoice(alias);
    }

    /** Whether a scope parameter says whom to act for, so that the person is not just what is left. */
    static boolean isMadeIn(@Nullable String scope) {
        return split(scope).stream().anyMatch(s -> s.equals(PERSONAL) || isWorkspace(s));
    }

    private static List<String> split(@Nullable String scope) {
        return scope == null
                ? List.of()
                : Stream.of(scope.split(" "))
                        .filter(s -> !s.isEmpty())
                        .distinct()
                        .toList();
    }

    private static boolean isWorkspace(String scope) {
        return scope.equals(ORGANIZATION) || scope.startsWith(ORGANIZATION + ":");
    }
}
