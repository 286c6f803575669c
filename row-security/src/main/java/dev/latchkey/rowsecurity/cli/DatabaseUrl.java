package dev.latchkey.rowsecurity.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, from any of the ways in which that is written.
 *
 * @param jdbc as pgjdbc takes it, without user and password
 * @param user the role that the URL names, if it names one
 */
record DatabaseUrl(String jdbc, @Nullable String user) {

    private static final String JDBC = "jdbc:postgresql:";

    /** The connection URI of libpq, or its part after the scheme. */
    private static final Pattern URI = Pattern.compile(
            "(?:postgres(?:ql)?://)?(?:(?<user>[^:@/?]*)(?<password>:[^@/?]*)?@)?(?<hosts>[^@/?]*)(?<database>/[^/?]*)?(?:\\?(?<query>.*))?");

    private static final Pattern PASSWORD = Pattern.compile("[?&]password=", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "options", "options",
            "user", "user");

    /** @throws IllegalArgumentException if it is none; the message does not repeat it, since it may hold a password */
    static DatabaseUrl parse(String url) {
        if (PASSWORD.matcher(url).find()) {
            throw passwordInUrl();
        }
        if (url.startsWith(JDBC)) {
            return new DatabaseUrl(url, null);
        }
        Matcher uri = URI.matcher(url);
        if (!uri.matches()) {
            throw new IllegalArgumentException(
                    "neither jdbc:postgresql://host/database nor postgresql://host/database nor host/database");
        }
        if (uri.group("password") != null) {
            throw passwordInUrl();
        }
        String hosts = uri.group("hosts").isEmpty() ? "localhost" : uri.group("hosts");
        String database = uri.group("database") == null ? "/" : uri.group("database");
        String query = uri.group("query") == null ? "" : "?" + driverQuery(uri.group("query"));
        return new DatabaseUrl(JDBC + "//" + hosts + database + query, decoded(uri.group("user")));
    }

    private static String driverQuery(String query) {
        return Stream.of(query.split("&", -1)).map(DatabaseUrl::driverParameter).collect(Collectors.joining("&"));
    }

    private static String driverParameter(String parameter) {
        int end = parameter.indexOf('=');
        String name = end < 0 ? parameter : parameter.substring(0, end);
        String driverName = DRIVER_NAMES.get(name);
        if (driverName == null || end < 0) {
            throw new IllegalArgumentException("the parameter " + name + " is not understood; write it as a jdbc: URL");
        }
        return driverName + parameter.substring(end);
    }

    private static @Nullable String decoded(@Nullable String user) {
        return user == null ? null : URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException passwordInUrl() {
        return new IllegalArgumentException("no password in the URL: it belongs in the environment");
    }
}
