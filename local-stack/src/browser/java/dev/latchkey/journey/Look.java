package dev.latchkey.journey;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.stream.Stream;

/** What a visitor's browser asks for: a colour scheme, a width, a language. Who has a phone does not like motion. */
record Look(boolean dark, boolean phone, String language) {

    /** Between them they have every scheme, width and language once. */
    static final List<Look> OPPOSITES = List.of(new Look(false, false, "en"), new Look(true, true, "de"));

    static Stream<Look> all() {
        return Stream.of(false, true)
                .flatMap(dark -> Stream.of(false, true)
                        .flatMap(phone -> Stream.of("en", "de").map(language -> new Look(dark, phone, language))));
    }

    NewContextOptions context() {
        return new NewContextOptions()
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setReducedMotion(phone ? ReducedMotion.REDUCE : ReducedMotion.NO_PREFERENCE)
                .setViewportSize(phone ? 320 : 1280, 720)
                .setLocale(language);
    }

    @Override
    public String toString() {
        return (dark ? "dark" : "light") + (phone ? "-phone-" : "-desktop-") + language;
    }
}
