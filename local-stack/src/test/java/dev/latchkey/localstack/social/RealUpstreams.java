package dev.latchkey.localstack.social;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * The stand-ins under the real host names, over TLS with a certificate authority of our own, and the proxy that leads
 * there: so that Keycloak's own {@code google} and {@code github} providers can be used as they are.
 */
public final class RealUpstreams implements AutoCloseable {

    public static final RegisteredClient GOOGLE_CLIENT = client("google");
    public static final RegisteredClient GITHUB_CLIENT = client("github");

    private static final List<String> HOSTS = List.of(
            "accounts.google.com",
            "oauth2.googleapis.com",
            "openidconnect.googleapis.com",
            "www.googleapis.com",
            "github.com",
            "api.github.com");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HeldCertificate authority = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("Latchkey test authority")
            .build();
    private final HttpsServer server;
    private final ConnectProxy proxy;
    private final SigningKeys keys = new SigningKeys();
    private final Grants gitHubGrants = new Grants(Clock.systemUTC());
    private final List<Person> people = new CopyOnWriteArrayList<>(Person.SAMPLES);
    private final Map<String, HttpHandler> troubles = new ConcurrentHashMap<>();
    private volatile UnaryOperator<JWTClaimsSet> twist = UnaryOperator.identity();

    /** @param redirectUris of the clients, which a test knows only when Keycloak's port is chosen */
    public RealUpstreams(Set<String> redirectUris) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serverContext()));
        server.setExecutor(threads);
        HttpHandler honest = SocialHandler.onRealHosts(
                new RegisteredClient(GOOGLE_CLIENT.id(), GOOGLE_CLIENT.secret(), redirectUris),
                new RegisteredClient(GITHUB_CLIENT.id(), GITHUB_CLIENT.secret(), redirectUris),
                people,
                keys,
                claims -> twist.apply(claims),
                gitHubGrants);
        server.createContext(
                "/",
                exchange -> troubles.getOrDefault(
                                exchange.getRequestHeaders().getFirst("Host")
                                        + exchange.getRequestURI().getPath(),
                                honest)
                        .handle(exchange));
        server.start();
        proxy = new ConnectProxy(Set.copyOf(HOSTS), server.getAddress(), threads);
    }

    /** One more person whom the providers know. */
    public Person introduce(Person person) {
        people.add(person);
        return person;
    }

    /** An id token with exactly these claims, signed by Google. */
    public String idToken(JWTClaimsSet claims) {
        return keys.sign(claims);
    }

    /** What Google publishes of its keys. */
    public String publishedKeys() {
        return keys.publish();
    }

    /** An access token of GitHub, issued to any of its applications. */
    public String gitHubToken(Person person, String clientId) {
        return gitHubGrants.newToken(person, clientId);
    }

    /** Until {@link #behave()}, id tokens are signed with a key that Google does not publish. */
    public void forge() {
        keys.forge(true);
    }

    /** Until {@link #behave()}, claims of id tokens are changed before they are signed. */
    public void twist(UnaryOperator<JWTClaimsSet> change) {
        twist = change;
    }

    /**
     * Until {@link #behave()}, this answers instead.
     *
     * @param address host and path, such as {@code api.github.com/user}
     */
    public void answer(String address, HttpHandler handler) {
        troubles.put(address, handler);
    }

    /** Google signs with a new key from now on, and publishes it alone. */
    public void rotateKeys() {
        keys.rotate();
    }

    public void behave() {
        keys.forge(false);
        troubles.clear();
        twist = UnaryOperator.identity();
    }

    public int proxyPort() {
        return proxy.port();
    }

    /** Hosts to which a tunnel was opened. */
    public Set<String> visited() {
        return proxy.visited();
    }

    /** Options with which Keycloak trusts the authority and goes through the proxy. */
    public String[] keycloakOptions(Path directory) throws IOException {
        Path certificate = Files.writeString(directory.resolve("test-authority.pem"), authority.certificatePem());
        String address = "http://localhost:" + proxyPort();
        return new String[] {
            "--truststore-paths=" + certificate,
            "--spi-connections-http-client--default--proxy-mappings=.*\\.google(apis)?\\.com;%1$s,(.*\\.)?github\\.com;%1$s"
                    .formatted(address)
        };
    }

    /** A PKCS 12 store, password {@code changeit}, with the authority in it, for a browser. */
    public Path trustStore(Path directory) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("test-authority", authority.certificate());
        Path file = directory.resolve("test-authority.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }

    private SSLContext serverContext() {
        HeldCertificate.Builder certificate =
                new HeldCertificate.Builder().signedBy(authority).commonName("stand-in");
        HOSTS.forEach(certificate::addSubjectAlternativeName);
        return new HandshakeCertificates.Builder()
                .heldCertificate(certificate.build(), authority.certificate())
                .build()
                .sslContext();
    }

    private static RegisteredClient client(String provider) {
        return new RegisteredClient("real-" + provider, "real-" + provider + "-secret", Set.of());
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
