package dev.latchkey.journey;

import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A how-to about the console, read as instructions, section by section and from top to bottom: what is bold is pressed, a row of a table
 * sets a field, JSON is put into the editor, other blocks are what the console then says, and pictures are taken.
 */
record HowTo(List<Step> steps) {

    private static final Pattern SECTION =
            Pattern.compile("^## (?<title>\\d+\\. .+)\n(?<text>(?:(?!## ).*\n)*)", Pattern.MULTILINE);

    private static final Pattern INSTRUCTION = Pattern.compile(
            String.join(
                    "|",
                    "\\*\\*(?<press>[^*]+)\\*\\*(?: in (?:`(?<row>[^`]+)`|the (?<menu>menu)))?",
                    "^\\| (?<field>[^|`]+) \\| `(?<value>[^`]+)`",
                    "^```json\n(?<json>[^`]+)```",
                    "^```text\n(?<text>[^`]+)```",
                    "!\\[[^]]*]\\(\\.\\./images/(?<picture>[a-z-]+)\\.png\\)"),
            Pattern.MULTILINE);

    /** Who does what is written. */
    interface Hand {
        void press(String name);

        /** @param row what stands in the row of a table in which to press */
        void pressInRow(String row, String name);

        void pressInMenu(String name);

        void set(String field, String value);

        void paste(String json);

        /** @param text in which … stands for anything */
        void see(String text);

        void photograph(String picture);
    }

    /** @param title the section's heading */
    record Step(String title, List<Consumer<Hand>> instructions) {

        private static Step of(Matcher section) {
            List<Consumer<Hand>> instructions = new ArrayList<>();
            Matcher found = INSTRUCTION.matcher(section.group("text"));
            while (found.find()) {
                instructions.add(instruction(found));
            }
            return new Step(section.group("title"), instructions);
        }

        private static Consumer<Hand> instruction(Matcher found) {
            String press = found.group("press");
            String row = found.group("row");
            String field = found.group("field");
            String value = found.group("value");
            String json = found.group("json");
            String text = found.group("text");
            String picture = found.group("picture");
            if (row != null) {
                return hand -> hand.pressInRow(row, press);
            }
            if (found.group("menu") != null) {
                return hand -> hand.pressInMenu(press);
            }
            if (press != null) {
                return hand -> hand.press(press);
            }
            if (field != null) {
                return hand -> hand.set(field, value);
            }
            if (json != null) {
                return hand -> hand.paste(json);
            }
            return text != null ? hand -> hand.see(text) : hand -> hand.photograph(picture);
        }

        void follow(Hand hand) {
            try {
                instructions.forEach(instruction -> instruction.accept(hand));
            } catch (PlaywrightException e) {
                hand.photograph("failed");
                throw new AssertionError("in step " + title, e);
            }
        }
    }

    static HowTo read(Path document) throws IOException {
        Matcher section = SECTION.matcher(Files.readString(document));
        List<Step> steps = new ArrayList<>();
        while (section.find()) {
            steps.add(Step.of(section));
        }
        return new HowTo(steps);
    }
}
