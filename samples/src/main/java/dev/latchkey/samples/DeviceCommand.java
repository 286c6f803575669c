package dev.latchkey.samples;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** docs/how-to/sign-in-from-a-device.md. */
@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        description = "Signs in with the browser of another machine. Ctrl-C cancels.")
final class DeviceCommand implements Callable<Integer> {

    @Mixin
    private final Target target = new Target();

    @Override
    public Integer call() throws SignInException, InterruptedException {
        OpenIdProvider openId = target.provider();
        return target.run(new Account(openId, target.store(), new DeviceSignIn(openId, target.patience())));
    }
}
