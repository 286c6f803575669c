package dev.latchkey.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonOverlayTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "a new key             | {'a':1}                             | {'b':2}                        | {'a':1,'b':2}",
                "another value         | {'a':1}                             | {'a':2}                        | {'a':2}",
                "null removes          | {'a':1,'b':2}                       | {'a':null}                     | {'b':2}",
                "objects are merged    | {'a':{'b':1,'c':2}}                 | {'a':{'c':3,'d':null}}         | {'a':{'b':1,'c':3}}",
                "values replace a list | {'a':['x','y']}                     | {'a':['z']}                    | {'a':['z']}",
                "a set has no order    | {'a':['x','y']}                     | {'a':['y','x']}                | {'a':['x','y']}",
                "clients have names    | {'c':[{'clientId':'w','n':1}]}      | {'c':[{'clientId':'w','m':2}]} | {'c':[{'clientId':'w','n':1,'m':2}]}",
                "unknown names join    | {'c':[{'alias':'g'}]}               | {'c':[{'alias':'h'}]}          | {'c':[{'alias':'g'},{'alias':'h'}]}",
                "names are per broker  | {'m':[{'identityProviderAlias':'g','name':'n','v':1}]} | {'m':[{'identityProviderAlias':'h','name':'n','v':2}]} | {'m':[{'identityProviderAlias':'g','name':'n','v':1},{'identityProviderAlias':'h','name':'n','v':2}]}",
                "nameless lists go     | {'e':[{'p':1},{'p':2}]}             | {'e':[{'p':3}]}                | {'e':[{'p':3}]}"
            })
    void mergeWhenOverlaidThen(String rule, String base, String overlay, String expected)
            throws JsonProcessingException {
        assertThat(JsonOverlay.merge(tree(base), tree(overlay))).isEqualTo(tree(expected));
    }

    private static ObjectNode tree(String json) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    }
}
