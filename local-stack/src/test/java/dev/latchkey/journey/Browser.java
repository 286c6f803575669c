package dev.latchkey.journey;

import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.Objects;
import org.htmlunit.CookieManager;
import org.htmlunit.Page;
import org.htmlunit.ProxyConfig;
import org.htmlunit.WebClient;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.Cookie;

/** A browser without scripts: the hosted pages do not need any. */
final class Browser implements AutoCloseable {

    private final WebClient client = new WebClient();

    Browser() {
        client.getOptions().setJavaScriptEnabled(false);
        client.getOptions().setCssEnabled(false);
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.setCookieManager(new LocalhostIsSecure());
    }

    /** Leads everything but {@code localhost} to the proxy, and trusts what the store holds. */
    Browser behind(int proxyPort, Path trustStore) {
        ProxyConfig proxy = new ProxyConfig("localhost", proxyPort, "http");
        proxy.addHostsToProxyBypass("localhost");
        client.getOptions().setProxyConfig(proxy);
        try {
            client.getOptions().setSSLTrustStore(trustStore.toUri().toURL(), "changeit", "PKCS12");
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
        return this;
    }

    Page open(String url) throws IOException {
        return client.getPage(url);
    }

    /** Where the browser is sent from there; null if it is not. */
    String locationOf(String address) throws IOException {
        client.getOptions().setRedirectEnabled(false);
        try {
            return client.getPage(address).getWebResponse().getResponseHeaderValue("Location");
        } finally {
            client.getOptions().setRedirectEnabled(true);
        }
    }

    /** Signs in and returns where the browser is sent then, which may be an address that no browser can open. */
    String signInWithoutFollowing(String address, String username, String password) throws IOException {
        HtmlPage login = (HtmlPage) open(address);
        ((HtmlInput) login.getElementById("username")).setValue(username);
        ((HtmlInput) login.getElementById("password")).setValue(password);
        return answer(() -> login.getElementById("kc-login").click()).getResponseHeaderValue("Location");
    }

    interface Visit {
        Page make() throws IOException;
    }

    /** What is answered, without going where it leads. */
    WebResponse answer(Visit visit) throws IOException {
        client.getOptions().setRedirectEnabled(false);
        try {
            return visit.make().getWebResponse();
        } finally {
            client.getOptions().setRedirectEnabled(true);
        }
    }

    /** Goes where a visit leads, from one redirect to the next, and stops before the first address with that in it, which it returns. */
    String until(String part, Visit visit) throws IOException {
        String location = answer(visit).getResponseHeaderValue("Location");
        while (!Objects.requireNonNull(location, "no further redirect, and none to " + part)
                .contains(part)) {
            location = location(location);
        }
        return location;
    }

    /** Where the browser would be sent; empty if nowhere. */
    String location(String url) throws IOException {
        return Objects.requireNonNullElse(answer(() -> open(url)).getResponseHeaderValue("Location"), "");
    }

    @Override
    public void close() {
        client.close();
    }

    /** Browsers send {@code Secure} cookies to http://localhost, HtmlUnit does not. */
    private static final class LocalhostIsSecure extends CookieManager {

        private static final long serialVersionUID = 1L;

        @Override
        public synchronized void addCookie(Cookie cookie) {
            super.addCookie(new Cookie(
                    cookie.getDomain(),
                    cookie.getName(),
                    cookie.getValue(),
                    cookie.getPath(),
                    cookie.getExpires(),
                    cookie.isSecure() && !"localhost".equals(cookie.getDomain()),
                    cookie.isHttpOnly(),
                    cookie.getSameSite()));
        }
    }
}
