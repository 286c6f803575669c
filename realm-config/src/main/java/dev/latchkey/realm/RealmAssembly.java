package dev.latchkey.realm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Run by the build: writes the declared realm into one file, variables unresolved, for Keycloak's {@code --import-realm}. */
final class RealmAssembly {

    private RealmAssembly() {}

    /** Takes the file to write as its only argument. */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.writeString(target, Realm.declared().toJson());
    }
}
