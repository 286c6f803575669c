package dev.latchkey.samples;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationGrantError;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** On another machine that has a browser, while this one asks again and again (RFC 8628). */
final class DeviceSignIn implements SignIn {

    /** RFC 8628 §3.5. */
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final OpenIdProvider provider;
    private final Duration timeout;

    DeviceSignIn(OpenIdProvider provider, Duration timeout) {
        this.provider = provider;
        this.timeout = timeout;
    }

    @Override
    public Tokens tokens() throws SignInException, InterruptedException {
        Instant end = Instant.now().plus(timeout);
        try {
            DeviceAuthorizationSuccessResponse device = provider.askForDeviceCode();
            System.out.println("On your phone or computer, open " + device.getVerificationURI());
            System.out.println("and enter the code " + device.getUserCode());
            if (device.getVerificationURIComplete() != null) {
                System.out.println("Or open " + device.getVerificationURIComplete());
            }
            return poll(device, end);
        } catch (RefusedException | IOException e) {
            throw new SignInException("Not signed in: " + e.getMessage(), e);
        }
    }

    private Tokens poll(DeviceAuthorizationSuccessResponse device, Instant end)
            throws RefusedException, SignInException, InterruptedException {
        Duration interval = Duration.ofSeconds(device.getInterval());
        while (Instant.now().plus(interval).isBefore(end)) {
            Thread.sleep(interval.toMillis());
            try {
                return provider.tokens(new DeviceCodeGrant(device.getDeviceCode()), null);
            } catch (IOException noAnswer) {
                // RFC 8628 §3.5: asks less often.
                interval = interval.multipliedBy(2);
            } catch (RefusedException refused) {
                if (refused.is(DeviceAuthorizationGrantError.SLOW_DOWN)) {
                    interval = interval.plus(SLOWER);
                    System.out.printf("Asking every %d seconds from now on.%n", interval.toSeconds());
                } else if (refused.is(OAuth2Error.ACCESS_DENIED)) {
                    throw new SignInException("Not signed in: it was refused.", refused);
                } else if (refused.is(DeviceAuthorizationGrantError.EXPIRED_TOKEN)) {
                    throw new SignInException("Not signed in: the code has expired.", refused);
                } else if (!refused.is(DeviceAuthorizationGrantError.AUTHORIZATION_PENDING)) {
                    throw refused;
                }
            }
        }
        throw new SignInException("Not signed in: nobody did so in %d seconds.".formatted(timeout.toSeconds()));
    }
}
