package dev.latchkey.samples;

/** What differs between desktops. */
enum OperatingSystem {
    MAC,
    WINDOWS,
    /** Linux and its relatives: freedesktop.org. */
    OTHER;

    static OperatingSystem current() {
        String name = System.getProperty("os.name", "");
        return name.startsWith("Mac") ? MAC : name.startsWith("Windows") ? WINDOWS : OTHER;
    }
}
