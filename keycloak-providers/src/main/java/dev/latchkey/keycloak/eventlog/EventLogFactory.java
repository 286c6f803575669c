package dev.latchkey.keycloak.eventlog;

import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * Stands in the place of Keycloak's listener {@code jboss-logging}, under the same id, category and options: in every realm, the
 * administrators' too, whatever a realm says and without one that could be forgotten.
 */
public final class EventLogFactory implements EventListenerProviderFactory {

    /** A detail that is logged: why something failed, in words that can name nobody. Other details may hold anything. */
    public static final String REASON = "discreet_reason";

    private static final String SUCCESS = "success-level";
    private static final String ERROR = "error-level";

    private final Logger log = Logger.getLogger("org.keycloak.events");
    private Logger.Level success = Logger.Level.DEBUG;
    private Logger.Level error = Logger.Level.WARN;

    @Override
    public String getId() {
        return "jboss-logging";
    }

    /** Of two factories with one id, Keycloak takes the one with the higher order; its own have 0. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventLog(session, log, success, error);
    }

    @Override
    public void init(Config.Scope config) {
        success = level(config.get(SUCCESS, "debug"));
        error = level(config.get(ERROR, "warn"));
    }

    private static Logger.Level level(String name) {
        return Logger.Level.valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(SUCCESS)
                .label("Level of successes")
                .helpText("At which level events are logged that are no errors.")
                .type(ProviderConfigProperty.STRING_TYPE)
                .options("trace", "debug", "info", "warn", "error", "fatal")
                .defaultValue("debug")
                .add()
                .property()
                .name(ERROR)
                .label("Level of errors")
                .helpText("At which level events are logged that are errors.")
                .type(ProviderConfigProperty.STRING_TYPE)
                .options("trace", "debug", "info", "warn", "error", "fatal")
                .defaultValue("warn")
                .add()
                .build();
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
