package dev.latchkey.samples;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Tokens in the keychain, shared by all processes of this application. Without a keychain nothing is kept: a file would be read by every
 * program of the person's, and by whoever has a backup.
 */
final class TokenStore {

    private final Optional<Keychain> keychain;
    private final Path lock;

    private TokenStore(Optional<Keychain> keychain, Path lock) {
        this.keychain = keychain;
        this.lock = lock;
    }

    /** @param account whose tokens: a name that may be part of a file name, the same in each process */
    static TokenStore of(String account) throws IOException {
        Path directory =
                Files.createDirectories(home().resolve("latchkey-samples").resolve(account));
        Optional<Keychain> keychain = Keychain.of("latchkey-samples/" + account, directory);
        if (keychain.isEmpty()) {
            System.out.println("There is no keychain here: you will have to sign in again next time.");
        }
        return new TokenStore(keychain, directory.resolve("lock"));
    }

    private static Path home() {
        Path person = Path.of(System.getProperty("user.home"));
        String windows = System.getenv("LOCALAPPDATA");
        String state = System.getenv("XDG_STATE_HOME");
        return switch (OperatingSystem.current()) {
            case MAC -> person.resolve("Library/Application Support");
            case WINDOWS -> windows == null ? person : Path.of(windows);
            case OTHER -> state == null || state.isEmpty() ? person.resolve(".local/state") : Path.of(state);
        };
    }

    /** Waits until no other process reads and writes; closing it lets the next one. */
    FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (keychain.isPresent()) {
            channel.lock();
        }
        return channel;
    }

    Optional<Tokens> load() throws IOException {
        if (keychain.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> refresh = keychain.get().read("refresh");
        if (refresh.isEmpty()) {
            return Optional.empty();
        }
        String[] access = keychain.get().read("access").orElse("0 ").split(" ", 2);
        return Optional.of(new Tokens(access[1], Instant.ofEpochSecond(Long.parseLong(access[0])), refresh.get()));
    }

    /** The refresh token first: it is the one that cannot be had again. */
    void save(Tokens tokens) throws IOException {
        if (keychain.isPresent()) {
            keychain.get().write("refresh", tokens.refresh());
            keychain.get().write("access", tokens.accessEnds().getEpochSecond() + " " + tokens.access());
        }
    }

    void clear() throws IOException {
        if (keychain.isPresent()) {
            keychain.get().delete("refresh");
            keychain.get().delete("access");
        }
    }
}
