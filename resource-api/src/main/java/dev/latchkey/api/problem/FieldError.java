package dev.latchkey.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.Errors;

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

    /** Characters of a parameter's name. */
    private static final int LONGEST = 200;

    public static FieldError at(String pointer, String detail) {
        return new FieldError(pointer, null, detail);
    }

    static List<FieldError> of(Errors errors) {
        return errors.getFieldErrors().stream()
                .map(error -> at(
                        Pointers.ofProperty(error.getField()),
                        error.getDefaultMessage() == null ? "is not allowed" : error.getDefaultMessage()))
                .sorted(Comparator.comparing(FieldError::detail))
                .toList();
    }

    /**
     * The same of a document that is a part of the body.
     *
     * @param place pointer to that document, for example {@code #/ops/3/data}
     */
    public FieldError in(String place) {
        return pointer == null ? this : at(place + pointer.substring(1), detail);
    }

    public static FieldError parameter(String name, String detail) {
        // It may be the caller's own, who must not make an answer as long as he likes.
        return new FieldError(null, name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…", detail);
    }
}
