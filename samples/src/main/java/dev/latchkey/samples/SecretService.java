package dev.latchkey.samples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Secret Service of freedesktop.org, such as GNOME Keyring or KWallet, by {@code secret-tool} of libsecret. */
final class SecretService implements Keychain {

    private final String service;

    SecretService(String service) {
        this.service = service;
    }

    @Override
    public Optional<String> read(String entry) throws IOException {
        HelperProgram found = HelperProgram.run("", command(entry, "lookup"));
        // Exit code 1 stands for "not found" and, with a reason, for "cannot look".
        if (found.exitCode() != 0 && !found.errors().isEmpty()) {
            throw new IOException("secret-tool: " + found.errors());
        }
        return Optional.of(found.output()).filter(secret -> !secret.isEmpty());
    }

    @Override
    public void write(String entry, String secret) throws IOException {
        HelperProgram.run(secret, command(entry, "store", "--label=Latchkey sample"))
                .orFail("secret-tool cannot store");
    }

    @Override
    public void delete(String entry) throws IOException {
        HelperProgram cleared = HelperProgram.run("", command(entry, "clear"));
        if (!cleared.errors().isEmpty()) {
            throw new IOException("secret-tool: " + cleared.errors());
        }
    }

    private List<String> command(String entry, String... verb) {
        List<String> command = new ArrayList<>(List.of("secret-tool"));
        command.addAll(List.of(verb));
        command.addAll(List.of("service", service, "entry", entry));
        return command;
    }
}
