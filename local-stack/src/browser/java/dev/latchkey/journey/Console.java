package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keycloak's admin console, used by what a person sees of it: what is written on buttons and beside fields. */
final class Console implements HowTo.Hand, AutoCloseable {

    /** What is in front comes first: a menu that was opened, then a dialog, which hides the buttons of the page behind it. */
    private static final List<AriaRole> PRESSABLE = List.of(
            AriaRole.MENUITEM, AriaRole.OPTION, AriaRole.TAB, AriaRole.BUTTON, AriaRole.LINK);

    /** Its entries have the names of tabs, and those are navigation too. */
    private static final String MENU = ".pf-v5-c-page__sidebar";

    /** The text of a page does not contain that of its text areas, such as a token that was evaluated. */
    private static final String SEEN =
            "() => [document.body.innerText, ...[...document.querySelectorAll('textarea')].map((t) => t.value)].join('\\n')";

    private final BrowserContext context;
    private final Page page;
    private final AtomicInteger underWay = new AtomicInteger();

    Console(Chromium chromium, StackSettings settings) {
        context = chromium.visitor(
                new NewContextOptions().setViewportSize(1280, 900).setLocale("en"));
        page = context.newPage();
        page.onRequest(request -> underWay.incrementAndGet());
        page.onRequestFinished(request -> underWay.decrementAndGet());
        page.onRequestFailed(request -> underWay.decrementAndGet());
        page.navigate(settings.keycloakUrl() + "/admin/master/console/");
        page.fill("#username", Secrets.ADMIN);
        page.fill("#password", settings.secrets().admin());
        page.click("#kc-login");
    }

    @Override
    public void press(String name) {
        Locator notInMenu = page.locator(":not(" + MENU + " a)");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        List<Locator> candidates = Stream.concat(
                        PRESSABLE.stream().map(role -> page.getByRole(role, exactly(name))),
                        // Labels of a dialog's checkboxes are not tied to them.
                        Stream.of(
                                dialog.getByRole(AriaRole.RADIO, exactlyIn(name)),
                                dialog.getByText(name, new Locator.GetByTextOptions().setExact(true))))
                .map(candidate -> candidate.and(notInMenu).filter(new Locator.FilterOptions().setVisible(true)))
                .toList();
        AtomicReference<Locator> found = new AtomicReference<>();
        page.waitForCondition(() -> candidates.stream()
                .filter(candidate -> candidate.count() > 0)
                .findFirst()
                .map(candidate -> found.compareAndSet(null, candidate.first()))
                .orElse(false));
        click(found.get());
    }

    @Override
    public void pressInRow(String row, String name) {
        click(page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(row))
                .getByRole(AriaRole.BUTTON, exactlyIn(name)));
    }

    @Override
    public void pressInMenu(String name) {
        click(page.locator(MENU)
                .getByRole(AriaRole.LINK, exactlyIn(name)));
    }

    /** What was refused must have been photographed. */
    private void click(Locator place) {
        assertThat(page.locator(".pf-v5-c-alert-group .pf-m-danger")).hasCount(0);
        place.click();
        page.waitForCondition(() -> underWay.get() == 0);
    }

    /** @param value {@code On} or {@code Off} of a switch, an option's name, or text */
    @Override
    public void set(String field, String value) {
        Locator label = page.locator(".pf-v5-c-form__label-text")
                .getByText(field, new Locator.GetByTextOptions().setExact(true));
        Locator group = page.locator(".pf-v5-c-form__group, [role=row]")
                .filter(new Locator.FilterOptions().setHas(label))
                .last();
        Locator unlabelled = page.getByPlaceholder(field, new Page.GetByPlaceholderOptions().setExact(true));
        group.or(unlabelled).last().waitFor();
        if (group.count() == 0) {
            unlabelled.last().fill(value);
            unlabelled.last().press("Enter");
        } else {
            setIn(group.locator(".pf-v5-c-form__group-control").first(), value);
        }
        page.waitForCondition(() -> underWay.get() == 0);
    }

    private void setIn(Locator control, String value) {
        Locator choices = control.locator("button.pf-v5-c-menu-toggle, .pf-v5-c-menu-toggle button");
        Locator toggle = control.locator(".pf-v5-c-switch");
        if (toggle.count() > 0) {
            if (toggle.locator("input").isChecked() != value.equals("On")) {
                toggle.click();
            }
        } else if (choices.count() > 0) {
            choices.first().click();
            page.getByRole(AriaRole.OPTION, exactly(value)).first().click();
        } else {
            control.locator("input, textarea").first().fill(value);
        }
    }

    @Override
    public void paste(String json) {
        page.getByRole(AriaRole.DIALOG).locator("textarea").fill(json);
    }

    @Override
    public void see(String text) {
        Pattern pattern = Expected.pattern(text);
        page.waitForCondition(
                () -> pattern.matcher((String) page.evaluate(SEEN)).find());
    }

    /** Goes into {@code target/pictures}, from where the documentation's copies are taken. */
    @Override
    public void photograph(String picture) {
        closeNotices(".pf-m-success");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("latchkey.pictures"), picture + ".png")));
        closeNotices(".pf-v5-c-alert");
    }

    /** By themselves they go after some seconds, perhaps while one reaches for them. */
    private void closeNotices(String kind) {
        page.evaluate(
                "(kind) => document.querySelectorAll(`.pf-v5-c-alert-group ${kind} .pf-v5-c-alert__action button`).forEach((b) => b.click())",
                kind);
        assertThat(page.locator(".pf-v5-c-alert-group " + kind)).hasCount(0);
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.GetByRoleOptions exactlyIn(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    @Override
    public void close() {
        context.close();
    }
}
