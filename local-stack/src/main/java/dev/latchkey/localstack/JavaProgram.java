package dev.latchkey.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The java that runs this process runs its children too. */
final class JavaProgram {

    /** What a trimmed-down runtime may lack. */
    private static final List<String> NEEDED_MODULES = List.of("java.sql", "java.net.http", "jdk.httpserver");

    private JavaProgram() {}

    static String path() {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        return Stream.of("java", "java.exe")
                .map(bin::resolve)
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> new StartFailure(
                        "There is no java program in %s: point JAVA_HOME at a complete JDK, 17 or newer."
                                .formatted(bin)));
    }

    static void requireComplete() {
        path();
        for (String module : NEEDED_MODULES) {
            if (ModuleLayer.boot().findModule(module).isEmpty()) {
                throw new StartFailure(
                        "The Java in %s lacks the module %s: point JAVA_HOME at a complete JDK, 17 or newer."
                                .formatted(System.getProperty("java.home"), module));
            }
        }
    }
}
