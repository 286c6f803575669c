package dev.latchkey.journey;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keycloak's pages as a visitor of a certain look sees them, and what is wrong with the one at hand. */
final class HostedPage implements AutoCloseable {

    private static final String FINDINGS =
            read(Objects.requireNonNull(HostedPage.class.getResource("hosted-page.js"), "hosted-page.js"));

    /** The script within the jar of axe-core's Java integration. */
    private static final String AXE =
            read(Objects.requireNonNull(HostedPage.class.getResource("/axe.min.js"), "axe.min.js"));

    private static final String AXE_FINDINGS = """
            async () => (await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }))
              .violations.flatMap((rule) => rule.nodes.map((node) => `axe ${rule.id}: ${node.target} ${node.html}`))
            """;

    /** What Tab should reach, in this order; the focus is led to the very beginning. */
    private static final String TABBABLE = """
            () => {
              document.body.tabIndex = -1;
              document.body.focus();
              document.body.removeAttribute("tabindex");
              window.tabbable = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, [role=button]")]
                .filter((e) => !e.disabled && e.checkVisibility({ visibilityProperty: true }));
              return window.tabbable.length;
            }
            """;

    private static final String FOCUSED = """
            (expected) => {
              const focused = document.activeElement;
              const { outlineStyle, outlineWidth } = getComputedStyle(focused);
              return [
                focused === window.tabbable[expected] ? null : "Tab " + (expected + 1) + " leads to " + focused.outerHTML,
                outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 ? null : "focus does not show: " + focused.outerHTML,
              ].filter((finding) => finding);
            }
            """;

    private final String keycloakUrl;
    private final Look look;
    private final BrowserContext context;
    private final Page page;
    private final List<String> requestsToOthers = new CopyOnWriteArrayList<>();

    HostedPage(Chromium chromium, String keycloakUrl, Look look) {
        this.keycloakUrl = keycloakUrl;
        this.look = look;
        this.context = chromium.visitor(look.context());
        this.page = context.newPage();
        page.onRequest(this::note);
    }

    Page page() {
        return page;
    }

    Look look() {
        return look;
    }

    /** Empty if all is well. */
    List<String> findings() {
        List<String> findings = new ArrayList<>(lines(page.evaluate(FINDINGS, look.language())));
        requestsToOthers.forEach(url -> findings.add("asks another host: " + url));
        page.evaluate(AXE);
        findings.addAll(lines(page.evaluate(AXE_FINDINGS)));
        findings.addAll(keyboardFindings());
        return findings;
    }

    /** Goes into {@code target/pictures}, from where the documentation's copies are taken. */
    void photograph(String name) {
        page.waitForLoadState(LoadState.NETWORKIDLE); // styles ask for fonts and pictures late
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("latchkey.pictures"), name + "-" + look + ".png"))
                .setFullPage(true));
    }

    private List<String> keyboardFindings() {
        List<String> findings = new ArrayList<>();
        int tabbable = (Integer) page.evaluate(TABBABLE);
        for (int i = 0; i < tabbable; i++) {
            page.keyboard().press("Tab");
            findings.addAll(lines(page.evaluate(FOCUSED, i)));
        }
        page.keyboard().press("Tab");
        if ((Boolean) page.evaluate("document.activeElement === window.tabbable.at(-1)")) {
            findings.add("the focus is trapped at the end");
        }
        return findings;
    }

    /** Where a link leads to is not what a page loads by itself. */
    private void note(Request request) {
        if (!request.isNavigationRequest()
                && isKeycloak(request.frame().url())
                && !isKeycloak(request.url())
                && !"data".equals(URI.create(request.url()).getScheme())) {
            requestsToOthers.add(request.url());
        }
    }

    private boolean isKeycloak(String url) {
        return url.startsWith(keycloakUrl + "/");
    }

    private static List<String> lines(Object array) {
        return ((List<?>) array).stream().map(String::valueOf).toList();
    }

    private static String read(URL script) {
        try (var in = script.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
