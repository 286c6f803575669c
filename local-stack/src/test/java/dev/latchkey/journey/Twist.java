package dev.latchkey.journey;

import com.nimbusds.jwt.JWTClaimsSet;

/** ID tokens with other claims. */
final class Twist {

    private Twist() {}

    static JWTClaimsSet without(JWTClaimsSet claims, String name) {
        return with(claims, name, null);
    }

    static JWTClaimsSet with(JWTClaimsSet claims, String name, Object value) {
        return new JWTClaimsSet.Builder(claims).claim(name, value).build();
    }
}
