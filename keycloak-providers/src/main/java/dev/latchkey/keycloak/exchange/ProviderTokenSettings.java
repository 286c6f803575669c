package dev.latchkey.keycloak.exchange;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.Constants;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;

/**
 * How a client may use the grant.
 *
 * @param providers aliases of the brokers whose tokens it may bring; not empty
 * @param audiences ids beside the broker's own under which the provider knows our apps
 * @param longestAge of an ID token
 * @param perMinute attempts of one caller, and sign-ins of one person
 */
record ProviderTokenSettings(Set<String> providers, Set<String> audiences, Duration longestAge, int perMinute) {

    static final String PROVIDERS = "providers";
    static final String AUDIENCES = "audiences";
    static final String LONGEST_AGE = "longest.age";
    static final String PER_MINUTE = "per.minute";

    static final String DEFAULT_LONGEST_AGE = "3600";
    static final String DEFAULT_PER_MINUTE = "30";

    /** @throws IllegalArgumentException if the configuration says nothing usable; the message is for an admin */
    static ProviderTokenSettings of(Map<String, String> config) {
        Set<String> providers = list(config.get(PROVIDERS));
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("Name at least one provider.");
        }
        return new ProviderTokenSettings(
                providers,
                list(config.get(AUDIENCES)),
                Duration.ofSeconds(number(config, LONGEST_AGE, DEFAULT_LONGEST_AGE, 3600)),
                number(config, PER_MINUTE, DEFAULT_PER_MINUTE, 6000));
    }

    /**
     * From the mapper in the client's own scope, else in one of its default scopes. A scope that a client asks for by itself switches
     * nothing on.
     *
     * @return empty if the grant is not switched on
     */
    static Optional<ProviderTokenSettings> of(ClientModel client) {
        Stream<ClientScopeModel> scopes = client.getClientScopes(true).values().stream();
        return Stream.concat(Stream.of(client), scopes)
                .flatMap(ProtocolMapperContainerModel::getProtocolMappersStream)
                .filter(mapper -> ProviderTokenMapper.PROVIDER_ID.equals(mapper.getProtocolMapper()))
                .findFirst()
                .map(ProtocolMapperModel::getConfig)
                .map(ProviderTokenSettings::of);
    }

    /** Keycloak's console writes its own; what comes out of an environment variable is separated as people do it. */
    private static final Pattern SEPARATOR = Pattern.compile(Constants.CFG_DELIMITER + "|[,\\s]+");

    private static Set<String> list(@Nullable String value) {
        return value == null
                ? Set.of()
                : Stream.of(SEPARATOR.split(value))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static int number(Map<String, String> config, String name, String otherwise, int most) {
        String value = config.getOrDefault(name, "");
        String given = value.isBlank() ? otherwise : value.strip();
        if (!given.matches("[1-9][0-9]{0,3}") || Integer.parseInt(given) > most) {
            throw new IllegalArgumentException("'%s' is a whole number from 1 to %d.".formatted(name, most));
        }
        return Integer.parseInt(given);
    }
}
