package dev.latchkey.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * One part of a request that is wrong. Either a pointer or a parameter is given.
 *
 * @param pointer JSON pointer into the body as a URI fragment, for example {@code #/authors/3} (RFC 9457 §3)
 * @param parameter name of a query or path parameter
 * @param detail what is wrong with it; never repeats the value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"pointer", "parameter", "detail"})
public record FieldError(@Nullable String pointer, @Nullable String parameter, String detail) {

    public static FieldError at(String pointer, String detail) {
        return new FieldError(pointer, null, detail);
    }

    public static FieldError parameter(String name, String detail) {
        return new FieldError(null, name, detail);
    }
}
