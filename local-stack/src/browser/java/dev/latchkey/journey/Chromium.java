package dev.latchkey.journey;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The machine's own Chromium, without a window. */
final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        playwright =
                Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("latchkey.chromium")))
                        .setArgs(List.of(
                                "--no-sandbox", // which root cannot have
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    }

    /** A visitor who has not been here before. */
    BrowserContext visitor() {
        return visitor(
                new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")));
    }

    /** The same with wishes. */
    BrowserContext visitor(Browser.NewContextOptions wishes) {
        BrowserContext context = browser.newContext(wishes);
        context.setDefaultTimeout(PATIENCE.toMillis());
        return context;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
