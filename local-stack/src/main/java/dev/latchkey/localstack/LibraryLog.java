package dev.latchkey.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the libraries in this process log goes to a file: the terminal is for {@link Progress}. */
final class LibraryLog {

    private LibraryLog() {}

    static void redirect(Path file) {
        Logger root = Logger.getLogger("");
        try {
            Files.createDirectories(file.getParent());
            Handler handler = new FileHandler(file.toString());
            handler.setFormatter(new SimpleFormatter());
            for (Handler existing : root.getHandlers()) {
                root.removeHandler(existing);
            }
            root.addHandler(handler);
        } catch (IOException e) {
            throw new StartFailure("The log %s cannot be written: %s.".formatted(file, e.getMessage()), e);
        }
    }
}
