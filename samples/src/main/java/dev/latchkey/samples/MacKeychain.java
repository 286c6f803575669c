package dev.latchkey.samples;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The login keychain of macOS, by {@code security}. */
final class MacKeychain implements Keychain {

    /** errSecItemNotFound, as an exit code. */
    private static final int NOT_FOUND = 44;

    private final String service;

    MacKeychain(String service) {
        this.service = service;
    }

    @Override
    public Optional<String> read(String entry) throws IOException {
        HelperProgram found =
                HelperProgram.run("", List.of("security", "find-generic-password", "-s", service, "-a", entry, "-w"));
        return found.exitCode() == NOT_FOUND
                ? Optional.empty()
                : Optional.of(found.orFail("security cannot read").output());
    }

    /** With -i it reads its commands from the standard input, one line of 4 KiB at most: longer ones are refused, and that entry is not kept. */
    @Override
    public void write(String entry, String secret) throws IOException {
        String line = "add-generic-password -U -s \"%s\" -a \"%s\" -w \"%s\"%n".formatted(service, entry, secret);
        if (line.length() >= 4096) {
            delete(entry);
            return;
        }
        HelperProgram.run(line, List.of("security", "-i")).orFail("security cannot store");
    }

    @Override
    public void delete(String entry) throws IOException {
        HelperProgram deleted =
                HelperProgram.run("", List.of("security", "delete-generic-password", "-s", service, "-a", entry));
        if (deleted.exitCode() != NOT_FOUND) {
            deleted.orFail("security cannot delete");
        }
    }
}
