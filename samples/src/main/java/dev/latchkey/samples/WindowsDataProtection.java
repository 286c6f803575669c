package dev.latchkey.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files that Windows encrypts with a key of the person's (DPAPI): the Credential Manager takes 2.5 KB at most, and tokens may be longer. */
final class WindowsDataProtection implements Keychain {

    private static final String PROTECT = """
            Add-Type -AssemblyName System.Security
            $bytes = [Text.Encoding]::UTF8.GetBytes([Console]::In.ReadToEnd())
            [Convert]::ToBase64String([Security.Cryptography.ProtectedData]::Protect($bytes, $null, 'CurrentUser'))
            """;
    private static final String UNPROTECT = """
            Add-Type -AssemblyName System.Security
            $bytes = [Convert]::FromBase64String([Console]::In.ReadToEnd())
            [Text.Encoding]::UTF8.GetString([Security.Cryptography.ProtectedData]::Unprotect($bytes, $null, 'CurrentUser'))
            """;

    private final Path directory;

    WindowsDataProtection(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<String> read(String entry) throws IOException {
        Path file = file(entry);
        return Files.exists(file) ? Optional.of(powerShell(UNPROTECT, Files.readString(file))) : Optional.empty();
    }

    @Override
    public void write(String entry, String secret) throws IOException {
        Files.writeString(file(entry), powerShell(PROTECT, secret));
    }

    @Override
    public void delete(String entry) throws IOException {
        Files.deleteIfExists(file(entry));
    }

    private static String powerShell(String script, String input) throws IOException {
        return HelperProgram.run(input, List.of("powershell", "-NoProfile", "-NonInteractive", "-Command", script))
                .orFail("Windows cannot protect")
                .output();
    }

    private Path file(String entry) {
        return directory.resolve(entry + ".protected");
    }
}
