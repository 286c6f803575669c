package dev.latchkey.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticationExecutionRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/**
 * Reconciles the declared authentication flows. People may be signing in through them: when any differs, all are made anew, and the old
 * ones step aside under another alias, still in force, until the realm and its brokers refer to the new ones.
 */
final class Flows {

    private static final String REPLACED = " replaced ";

    private final AuthenticationManagementResource flows;
    private final RealmResource realm;
    private final Changes changes;

    Flows(RealmResource realm, Changes changes) {
        this.realm = realm;
        this.changes = changes;
        this.flows = realm.flows();
    }

    void reconcile(ObjectNode declared) {
        // The flow resources show neither sub-flows nor configuration; the export shows all.
        RealmRepresentation current = realm.partialExport(false, false);
        JsonNode wanted = declared.path("authenticationFlows");
        JsonNode configs = declared.path("authenticatorConfig");
        List<AuthenticationFlowRepresentation> ourFlows = current.getAuthenticationFlows().stream()
                .filter(flow -> aliases(wanted).contains(flow.getAlias()))
                .toList();
        List<AuthenticatorConfigRepresentation> ourConfigs = current.getAuthenticatorConfig().stream()
                .filter(config -> aliases(configs).contains(config.getAlias()))
                .toList();
        if (isSame(wanted, ourFlows) && isSame(configs, ourConfigs)) {
            return;
        }
        changes.created("authentication flows: " + String.join(", ", aliases(wanted)));
        moveAside(ourFlows, ourConfigs);
        create(wanted, configs);
    }

    /** To be called when the realm and its brokers refer to the new flows. */
    void removeReplaced() {
        flows.getFlows().stream()
                .filter(flow -> flow.getAlias().contains(REPLACED))
                .forEach(flow -> flows.deleteFlow(flow.getId()));
    }

    private static boolean isSame(JsonNode declared, List<?> current) {
        JsonNode tree = Difference.JSON.valueToTree(current);
        Map<String, JsonNode> byAlias = new HashMap<>();
        tree.forEach(element -> byAlias.put(alias(element), element));
        return StreamSupport.stream(declared.spliterator(), false)
                .allMatch(wanted -> contains(byAlias.get(alias(wanted)), wanted));
    }

    /** Whether everything declared is so; lists of executions have no names and must be alike one by one. */
    private static boolean contains(@Nullable JsonNode current, JsonNode declared) {
        if (current == null || current.getNodeType() != declared.getNodeType()) {
            return false;
        }
        if (declared.isObject()) {
            return declared.properties().stream()
                    .allMatch(entry -> contains(current.get(entry.getKey()), entry.getValue()));
        }
        if (declared.isArray()) {
            return current.size() == declared.size()
                    && IntStream.range(0, declared.size()).allMatch(i -> contains(current.get(i), declared.get(i)));
        }
        return current.equals(declared);
    }

    private void moveAside(
            List<AuthenticationFlowRepresentation> oldFlows, List<AuthenticatorConfigRepresentation> oldConfigs) {
        String suffix = REPLACED + System.currentTimeMillis();
        oldFlows.forEach(flow -> {
            AuthenticationFlowRepresentation renamed = flows.getFlow(flow.getId());
            renamed.setAlias(flow.getAlias() + suffix);
            flows.updateFlow(flow.getId(), renamed);
        });
        oldConfigs.forEach(config -> {
            config.setAlias(config.getAlias() + suffix);
            flows.updateAuthenticatorConfig(config.getId(), config);
        });
    }

    private void create(JsonNode wanted, JsonNode configs) {
        Map<String, String> ids = new HashMap<>();
        for (JsonNode flow : wanted) {
            ObjectNode empty = flow.deepCopy();
            empty.remove("authenticationExecutions");
            ids.put(
                    alias(flow),
                    Answer.check(flows.createFlow(Difference.read(empty, AuthenticationFlowRepresentation.class))));
        }
        Map<String, JsonNode> configByAlias = StreamSupport.stream(configs.spliterator(), false)
                .collect(Collectors.toMap(Flows::alias, Function.identity()));
        for (JsonNode flow : wanted) {
            for (JsonNode execution : flow.path("authenticationExecutions")) {
                AuthenticationExecutionRepresentation step = new AuthenticationExecutionRepresentation();
                step.setParentFlow(ids.get(alias(flow)));
                step.setAuthenticator(execution.path("authenticator").asText(null));
                step.setFlowId(ids.get(execution.path("flowAlias").asText()));
                step.setAuthenticatorFlow(execution.path("authenticatorFlow").asBoolean());
                step.setRequirement(execution.required("requirement").asText());
                step.setPriority(execution.required("priority").asInt());
                String id = Answer.check(flows.addExecution(step));
                if (execution.has("authenticatorConfig")) {
                    JsonNode config = Objects.requireNonNull(
                            configByAlias.get(
                                    execution.get("authenticatorConfig").asText()),
                            "a declared authenticatorConfig");
                    Answer.check(flows.newExecutionConfig(
                            id, Difference.read(config, AuthenticatorConfigRepresentation.class)));
                }
            }
        }
    }

    private static List<String> aliases(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(Flows::alias).toList();
    }

    private static String alias(JsonNode named) {
        return named.required("alias").asText();
    }
}
