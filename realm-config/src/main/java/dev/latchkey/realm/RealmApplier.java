package dev.latchkey.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RealmRepresentation;

/**
 * Brings a running Keycloak to what a {@link Realm} declares, over its admin API: makes the realm if there is none, and changes what
 * differs. What is not declared stays as it is, except for mappers in declared client scopes and brokers; people and their links are never
 * touched. Doing it twice changes nothing the second time.
 */
public final class RealmApplier implements AutoCloseable {

    private final URI address;
    private final Keycloak keycloak;
    private final Consumer<String> progress;

    /**
     * Reaches no server yet.
     *
     * @param address Keycloak's base address, where {@code /admin} is
     * @param username an administrator of realm {@code master}
     * @param progress takes a line for everything that is changed; none holds a secret
     */
    public RealmApplier(URI address, String username, String password, Consumer<String> progress) {
        this.address = address;
        this.keycloak = Keycloak.getInstance(address.toString(), "master", username, password, "admin-cli");
        this.progress = progress;
    }

    /**
     * Applies a realm whose variables are resolved.
     *
     * @return how many things were changed; secrets that Keycloak keeps to itself are written each time and not counted
     * @throws RealmException if Keycloak does not answer, does not accept the administrator, lacks our providers, or refuses something
     */
    public int apply(Realm realm) {
        try {
            requireProviders();
            Changes changes = new Changes(line -> progress.accept("Realm " + realm.name() + ": " + line));
            RealmResource resource = keycloak.realm(realm.name());
            if (!exists(resource)) {
                changes.created("the realm");
                keycloak.realms().create(beginning(realm));
            }
            reconcile(resource, realm, changes);
            return changes.count();
        } catch (WebApplicationException e) {
            throw new RealmException("Keycloak refused the realm: " + RealmException.reason(e), e);
        } catch (ProcessingException e) {
            // The admin client signs in within the first request and wraps what comes of it.
            throw new RealmException(
                    e.getCause() instanceof ClientErrorException
                            ? "Keycloak at %s does not accept the administrator's name and password".formatted(address)
                            : "Keycloak at %s does not answer: %s".formatted(address, e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() {
        keycloak.close();
    }

    /** A mapper whose provider is missing is skipped in silence: tokens would lack their claims. */
    private void requireProviders() {
        boolean present =
                keycloak
                        .serverInfo()
                        .getInfo()
                        .getProtocolMapperTypes()
                        .getOrDefault("openid-connect", List.of())
                        .stream()
                        .anyMatch(type -> type.getId().equals("latchkey-actor-uid-mapper"));
        if (!present) {
            throw new RealmException(
                    "Keycloak at %s runs without keycloak-providers.jar: put it into its providers directory and start it again"
                            .formatted(address));
        }
    }

    private static boolean exists(RealmResource realm) {
        try {
            realm.toRepresentation();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /**
     * Without client scopes, because Keycloak makes its own only if none are declared (until 26.5 it does not know {@link
     * ClientScopes#CREATE_BUILT_IN}), and without what refers to them.
     */
    private static RealmRepresentation beginning(Realm realm) {
        ObjectNode representation = realm.representation();
        representation.remove(List.of("clientScopes", "clients", "components"));
        representation.withObject("attributes").remove(ClientScopes.CREATE_BUILT_IN);
        return Difference.read(representation, RealmRepresentation.class);
    }

    private static void reconcile(RealmResource realm, Realm wanted, Changes changes) {
        ObjectNode declared = wanted.representation();
        // In the order of reference: scopes are assigned to clients, flows to the realm and to brokers.
        Flows flows = new Flows(realm, changes);
        flows.reconcile(declared);
        new RealmSettings(realm, changes).reconcile(wanted);
        new Texts(realm, changes).reconcile(declared);
        new ClientScopes(realm, changes).reconcile(declared);
        new Clients(realm, changes).reconcile(declared);
        new Brokers(realm, changes).reconcile(declared);
        flows.removeReplaced();
    }
}
