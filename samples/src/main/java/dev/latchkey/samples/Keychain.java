package dev.latchkey.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the operating system keeps secrets for a person. No secret is handed to a program as an argument: those can be read by everybody. */
interface Keychain {

    Optional<String> read(String entry) throws IOException;

    void write(String entry, String secret) throws IOException;

    void delete(String entry) throws IOException;

    /**
     * That of this machine, if it has one that works.
     *
     * @param service tells our entries from those of other applications
     * @param directory for what belongs to the keychain but has to lie somewhere
     */
    static Optional<Keychain> of(String service, Path directory) {
        Keychain keychain = switch (OperatingSystem.current()) {
            case MAC -> new MacKeychain(service);
            case WINDOWS -> new WindowsDataProtection(directory);
            case OTHER -> new SecretService(service);
        };
        try {
            keychain.read("access");
            return Optional.of(keychain);
        } catch (IOException doesNotWork) {
            return Optional.empty();
        }
    }
}
