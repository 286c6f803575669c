package dev.latchkey.samples;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The browser that the person uses anyway, where they are signed in already; never one inside the application (RFC 8252 §8.12). */
final class SystemBrowser {

    private SystemBrowser() {}

    /** Prints the address too: there may be no browser on this machine. */
    static void open(URI address) {
        System.out.println("Sign in with your browser. If it does not open by itself, go to:");
        System.out.println(address);
        List<String> command = new ArrayList<>(
                switch (OperatingSystem.current()) {
                    case MAC -> List.of("open");
                    case WINDOWS -> List.of("rundll32", "url.dll,FileProtocolHandler");
                    case OTHER -> List.of("xdg-open");
                });
        command.add(address.toString());
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noSuchProgram) {
            // The address is printed.
        }
    }
}
