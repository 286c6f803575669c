package dev.latchkey.realm;

import java.util.function.Consumer;

/** Tells what is changed, line by line, and counts. Lines name things, never values: some of those are secret. */
final class Changes {

    private final Consumer<String> progress;
    private int count;

    Changes(Consumer<String> progress) {
        this.progress = progress;
    }

    void created(String thing) {
        report("creates " + thing);
    }

    void updated(String thing, Iterable<String> keys) {
        report("updates " + thing + ": " + String.join(", ", keys));
    }

    void removed(String thing) {
        report("removes " + thing);
    }

    int count() {
        return count;
    }

    private void report(String line) {
        count++;
        progress.accept(line);
    }
}
