package dev.latchkey.api.document;

import dev.latchkey.api.problem.InvalidDocumentException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Applies a JSON merge patch (RFC 7396) to a document and holds the result to the same rules as a document sent whole. */
@Component
public final class Documents {

    public static final String MERGE_PATCH = "application/merge-patch+json";

    private final JsonMapper json;
    private final Validator validator;

    Documents(JsonMapper json, Validator mvcValidator) {
        this.json = json;
        this.validator = mvcValidator;
    }

    /**
     * The document with the patch applied.
     *
     * @throws tools.jackson.core.JacksonException if the patched document has unknown fields or wrong types
     * @throws InvalidDocumentException if it breaks a limit
     */
    public <T> T patched(T document, ObjectNode patch, Class<T> type) {
        ObjectNode removed = json.createObjectNode();
        patch.properties().stream()
                .filter(change -> change.getValue().isNull())
                .forEach(change -> removed.putNull(change.getKey()));
        if (!removed.isEmpty()) {
            // Names that are removed must be known as well.
            json.treeToValue(removed, type);
        }
        return read((ObjectNode) merged(json.valueToTree(document), patch), type);
    }

    /**
     * The document as its type, held to the rules of a body of that type.
     *
     * @throws tools.jackson.core.JacksonException if it has unknown fields or wrong types
     * @throws InvalidDocumentException if it breaks a limit
     */
    public <T> T read(ObjectNode document, Class<T> type) {
        T result = json.treeToValue(document, type);
        Errors errors = new BeanPropertyBindingResult(result, type.getSimpleName());
        validator.validate(result, errors);
        if (errors.hasErrors()) {
            throw new InvalidDocumentException(errors);
        }
        return result;
    }

    /** The pseudocode of RFC 7396 §2. */
    private JsonNode merged(@Nullable JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object : json.createObjectNode();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(change.getKey(), merged(result.get(change.getKey()), change.getValue()));
            }
        }
        return result;
    }
}
