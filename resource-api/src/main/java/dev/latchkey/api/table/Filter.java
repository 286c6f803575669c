package dev.latchkey.api.table;

import dev.latchkey.api.document.Text;
import dev.latchkey.api.document.Time;
import dev.latchkey.api.document.Uuid;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A condition that a list takes as a parameter of its address. */
public final class Filter {

    private static final int LONGEST_TEXT = 200;

    private final String parameter;
    private final String condition;
    private final String form;
    private final Function<String, @Nullable Object> parser;

    private Filter(String parameter, String condition, String form, Function<String, @Nullable Object> parser) {
        this.parameter = parameter;
        this.condition = condition;
        this.form = form;
        this.parser = parser;
    }

    /** Rows whose {@code property}, an id, is the one given. */
    public static Filter id(String parameter, String property) {
        return new Filter(parameter, "row." + property + " = :" + parameter, "a UUID", Uuid::parse);
    }

    /** Rows whose {@code property}, true or false, is as given. */
    public static Filter flag(String parameter, String property) {
        return new Filter(
                parameter,
                "row." + property + " = :" + parameter,
                "true or false",
                text -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null);
    }

    /** Rows whose {@code property}, a time, is earlier than the one given. */
    public static Filter before(String parameter, String property) {
        return new Filter(parameter, "row." + property + " < :" + parameter, Time.FORM, Time::parse);
    }

    /** Rows whose {@code property}, a time, is the one given or later. */
    public static Filter since(String parameter, String property) {
        return new Filter(parameter, "row." + property + " >= :" + parameter, Time.FORM, Time::parse);
    }

    /** Rows that have the text {@code q} in one of the properties, without regard to upper and lower case. */
    public static Filter search(String... properties) {
        String condition = Arrays.stream(properties)
                .map(property -> "row." + property + " ilike :q escape '!'")
                .collect(Collectors.joining(" or ", "(", ")"));
        return new Filter("q", condition, "a text of 1 to " + LONGEST_TEXT + " characters", Filter::pattern);
    }

    public String parameter() {
        return parameter;
    }

    /** What a value must be, for the caller to read. */
    public String form() {
        return form;
    }

    String condition() {
        return condition;
    }

    /** @throws ProblemException {@link ErrorCode#INVALID_PARAMETER} */
    Object parse(String text) {
        Object value = parser.apply(text);
        if (value == null) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER, FieldError.parameter(parameter, "must be " + form + ", once"));
        }
        return value;
    }

    private static @Nullable Object pattern(String text) {
        boolean good = !text.isEmpty()
                && text.codePointCount(0, text.length()) <= LONGEST_TEXT
                && Text.Validator.storable(text);
        return good ? "%" + text.replaceAll("[%_!]", "!$0") + "%" : null;
    }
}
