package dev.latchkey.api.table;

import dev.latchkey.api.page.PageRequest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;

/** The filters of one request, as a query takes them. Values are parameters of it, never text. */
final class Conditions {

    private final String text;
    private final Map<String, Object> values;

    private Conditions(String text, Map<String, Object> values) {
        this.text = text;
        this.values = values;
    }

    /**
     * @param parameters of the address, those of paging among them
     * @throws ProblemException {@link ErrorCode#INVALID_PARAMETER} for one that is unknown, there twice or of another form
     */
    static Conditions of(List<Filter> filters, MultiValueMap<String, String> parameters) {
        if (parameters.isEmpty()) {
            return new Conditions("", Map.of());
        }
        Map<String, Filter> known = filters.stream().collect(Collectors.toMap(Filter::parameter, filter -> filter));
        StringBuilder text = new StringBuilder();
        // Sorted: the same filters make the same query text, which Hibernate keeps parsed.
        Map<String, Object> values = new TreeMap<>();
        for (Map.Entry<String, List<String>> parameter : new TreeMap<>(parameters).entrySet()) {
            String name = parameter.getKey();
            if (PageRequest.PARAMETERS.contains(name)) {
                continue;
            }
            Filter filter = known.get(name);
            if (filter == null) {
                throw PageRequest.unknown(name, known.keySet());
            }
            List<String> given = parameter.getValue();
            values.put(name, filter.parse(given.size() == 1 && given.get(0) != null ? given.get(0) : ""));
            text.append(" and ").append(filter.condition());
        }
        return new Conditions(text.toString(), values);
    }

    String text() {
        return text;
    }

    Map<String, Object> values() {
        return values;
    }
}
