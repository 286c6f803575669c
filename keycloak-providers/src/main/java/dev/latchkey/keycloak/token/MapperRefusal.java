package dev.latchkey.keycloak.token;

import org.jspecify.annotations.Nullable;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.ProtocolMapperConfigException;

/** Every error with which our mappers refuse a configuration. The console shows the mapper's name and, below it, the text. */
public final class MapperRefusal {

    private MapperRefusal() {}

    /**
     * Makes the error; the caller throws it.
     *
     * @param messageKey of a text in {@code theme-resources/messages}. Keycloak formats it with {@link java.text.MessageFormat}; a message
     *     that is no key would be taken for a pattern itself, and lose its apostrophes
     * @param parameters may come from the refused configuration: they are no patterns
     */
    public static ProtocolMapperConfigException of(
            ProtocolMapper mapper, String messageKey, @Nullable Object... parameters) {
        return new ProtocolMapperConfigException(messageKey, mapper.getDisplayType(), parameters);
    }
}
