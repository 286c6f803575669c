package dev.latchkey.api.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at times as they stand in the token. Nimbus makes milliseconds of them without a look at overflow: a time in the far future becomes any
 * other, and nobody can tell afterwards.
 */
final class TokenProcessor extends DefaultJWTProcessor<SecurityContext> {

    private static final List<String> TIMES = List.of("exp", "nbf", "iat", "auth_time", "created_at");

    /** The end of the year 9999, in seconds: the last that can be written (RFC 3339). */
    private static final double LAST = 253_402_300_799d;

    @Override
    public JWTClaimsSet process(SignedJWT token, @Nullable SecurityContext context)
            throws BadJOSEException, JOSEException {
        JWTClaimsSet claims = super.process(token, context);
        Map<String, Object> written = token.getPayload().toJSONObject();
        for (String time : TIMES) {
            if (written.get(time) instanceof Number seconds && !isTime(seconds.doubleValue())) {
                throw new BadJWTException(time + " is no time");
            }
        }
        return claims;
    }

    private static boolean isTime(double seconds) {
        return seconds >= 0 && seconds <= LAST;
    }
}
