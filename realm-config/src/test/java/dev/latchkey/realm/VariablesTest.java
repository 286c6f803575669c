package dev.latchkey.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {

    @Test
    void expandWhenSetThenFilledInAtAnyDepth() {
        ObjectNode document = document("x", "https://${HOST}:${PORT}/");
        assertThat(Variables.expand(document, Map.of("HOST", "h", "PORT", "1")).at("/x/0"))
                .hasToString("\"https://h:1/\"");
    }

    @Test
    void expandWhenValueHasQuotationMarkThenDocumentKeepsItsShape() {
        ObjectNode expanded = Variables.expand(document("x", "${SECRET}"), Map.of("SECRET", "a\",\"b\":\"c"));
        assertThat(expanded.at("/x/0").textValue()).isEqualTo("a\",\"b\":\"c");
    }

    @Test
    void expandWhenMissingOrEmptyThenAllAreNamedAtOnce() {
        assertThatExceptionOfType(MissingVariableException.class)
                .isThrownBy(() -> Variables.expand(document("x", "${B}${A}"), Map.of("A", "")))
                .withMessage("The realm needs environment variables that are missing: set A, B and start again");
    }

    @Test
    void expandWhenMissingWithDefaultThenDefault() {
        assertThat(Variables.expand(document("x", "${A:d}${B:}"), Map.of())
                        .at("/x/0")
                        .textValue())
                .isEqualTo("d");
    }

    @Test
    void expandWhenMeantForKeycloakThenLeftAlone() {
        String keycloaks = "${CLAIM.sub}${UUID|lowercase}${username}";
        assertThat(Variables.expand(document("x", keycloaks), Map.of())
                        .at("/x/0")
                        .textValue())
                .isEqualTo(keycloaks);
    }

    private static ObjectNode document(String key, String value) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.putArray(key).add(value);
        return document;
    }
}
