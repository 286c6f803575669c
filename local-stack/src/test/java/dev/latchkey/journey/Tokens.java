package dev.latchkey.journey;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;

/** What an application has after a sign-in. */
record Tokens(String access, String id, String refresh) {

    static Tokens of(Map<String, Object> answer) {
        return new Tokens((String) answer.get("access_token"), (String) answer.get("id_token"), (String)
                answer.get("refresh_token"));
    }

    JWTClaimsSet accessClaims() {
        return claims(access);
    }

    JWTClaimsSet idClaims() {
        return claims(id);
    }

    String claim(String name) {
        return (String) accessClaims().getClaim(name);
    }

    private static JWTClaimsSet claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a signed JWT", e);
        }
    }

    /** Tokens stay out of test reports. */
    @Override
    public String toString() {
        return "Tokens of " + claim("owner_id");
    }
}
