package dev.latchkey.api.observability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A method of an address of the API. */
record Endpoint(RequestMethod method, String pattern, HandlerMethod handler) {

    /** Parents before what belongs to them. */
    private static final List<String> TABLES =
            List.of("/v1/works", "/v1/assets", "/v1/annotations", "/v1/cards", "/v1/blobs", "/v1/devices");

    private static final List<RequestMethod> ORDER = List.of(
            RequestMethod.POST, RequestMethod.PUT, RequestMethod.GET, RequestMethod.PATCH, RequestMethod.DELETE);

    /** All there are, in an order in which each finds what it needs: creation by way of change to deletion. */
    static List<Endpoint> all(RequestMappingHandlerMapping mappings) {
        List<Endpoint> all = new ArrayList<>();
        for (Map.Entry<RequestMappingInfo, HandlerMethod> mapping :
                mappings.getHandlerMethods().entrySet()) {
            for (String pattern : mapping.getKey().getPatternValues()) {
                Set<RequestMethod> methods =
                        mapping.getKey().getMethodsCondition().getMethods();
                (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
                        .forEach(method -> all.add(new Endpoint(method, pattern, mapping.getValue())));
            }
        }
        all.sort(Comparator.comparingInt((Endpoint endpoint) -> ORDER.indexOf(endpoint.method))
                .thenComparingInt(Endpoint::depth)
                .thenComparing(Endpoint::pattern));
        return all;
    }

    private int depth() {
        int depth = 0;
        while (depth < TABLES.size() && !pattern.startsWith(TABLES.get(depth))) {
            depth++;
        }
        return method == RequestMethod.DELETE ? -depth : depth;
    }

    @Override
    public String toString() {
        return method + " " + pattern;
    }
}
