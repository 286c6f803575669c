package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Session;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Writes one statement: chooses, and puts values down as literals or as parameters. */
final class Pen {

    private static final int LONGEST = 40;

    private final Random random;
    private final Pool pool;
    private final boolean binding;
    private final List<Parameter> parameters = new ArrayList<>();
    private int aliases;

    private Pen(Random random, Pool pool, boolean binding) {
        this.random = random;
        this.pool = pool;
        this.binding = binding;
    }

    static Pen of(Random random, Pool pool) {
        return new Pen(random, pool, false);
    }

    /** One that writes {@code $1} where this one would write a value. */
    Pen binding() {
        return new Pen(random, pool, true);
    }

    /** What {@code $1}, {@code $2} … stand for. */
    List<String> values() {
        return parameters.stream().map(Parameter::value).toList();
    }

    /** Other values for the same. */
    List<String> otherValues() {
        return parameters.stream()
                .map(parameter -> parameter.fixed() ? parameter.value() : literal(parameter.attribute()))
                .toList();
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    String word(String... words) {
        return words[random.nextInt(words.length)];
    }

    /** At least one of them, each once. */
    <T> List<T> some(List<T> all, int most) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, Math.min(shuffled.size(), upTo(most))));
    }

    String alias() {
        return "a" + aliases++;
    }

    /** A value that some row has, one near it, or now and then NULL. */
    String value(Attribute attribute) {
        return put(new Parameter(attribute, literal(attribute), false));
    }

    /** This value; another one when the statement is run again. */
    String value(Attribute attribute, @Nullable String text) {
        return put(new Parameter(attribute, typed(attribute, text), false));
    }

    /** This value and no other. */
    String fixed(Attribute attribute, String text) {
        return put(new Parameter(attribute, typed(attribute, text), true));
    }

    private String put(Parameter parameter) {
        if (!binding) {
            return parameter.value();
        }
        parameters.add(parameter);
        return "$%d::%s".formatted(parameters.size(), parameter.attribute().type());
    }

    private String literal(Attribute attribute) {
        List<String> there = pool.of(attribute);
        if (there.isEmpty() || chance(4)) {
            return typed(attribute, null);
        }
        String one = pick(there);
        return typed(attribute, attribute.is(Use.PLAIN) && chance(15) ? near(attribute, one) : one);
    }

    private String near(Attribute attribute, String value) {
        return switch (attribute.category()) {
            case "N" -> nearNumber(value);
            case "S" -> value.length() < LONGEST ? value + word("x", " ", "0") : value.substring(0, LONGEST);
            default -> value;
        };
    }

    private String nearNumber(String value) {
        try {
            return new BigDecimal(value)
                    .add(BigDecimal.valueOf(random.nextInt(5) - 2))
                    .toPlainString();
        } catch (NumberFormatException e) {
            // NaN, Infinity, money
            return value;
        }
    }

    private static String typed(Attribute attribute, @Nullable String text) {
        return (text == null ? "null" : Session.literal(text)) + "::" + attribute.type();
    }

    private record Parameter(Attribute attribute, String value, boolean fixed) {}
}
