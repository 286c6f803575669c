package dev.latchkey.samples;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** docs/how-to/sign-in-from-a-desktop-app.md. */
@Command(
        name = "desktop",
        mixinStandardHelpOptions = true,
        description = "Signs in with the system browser. Ctrl-C cancels.")
final class DesktopCommand implements Callable<Integer> {

    @Mixin
    private final Target target = new Target();

    @Option(names = "--provider", description = "Go straight to google or github")
    private @Nullable String provider;

    @Option(names = "--choose-account", description = "Have the person choose, and forget who signed in before")
    private boolean chooseAccount;

    @Override
    public Integer call() throws SignInException, InterruptedException {
        OpenIdProvider openId = target.provider();
        Account account = new Account(
                openId,
                target.store(),
                new BrowserSignIn(openId, target.patience(), Optional.ofNullable(provider), chooseAccount));
        if (chooseAccount && !target.signOut) {
            account.forget();
        }
        return target.run(account);
    }
}
