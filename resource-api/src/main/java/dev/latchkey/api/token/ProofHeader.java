package dev.latchkey.api.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.DPoPAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Takes token and proof from their headers (RFC 9449 §7.1), one of each. Spring's converter alone would answer an empty proof with 500
 * and let an oversized one be parsed, and believes the caller about the address that was called.
 */
final class ProofHeader implements AuthenticationConverter {

    static final String NAME = "DPoP";

    /** Characters. A proof by a 4096 bit RSA key, the largest allowed, has about 2,400. */
    static final int LONGEST = 4096;

    private final AuthenticationConverter headers = new DPoPAuthenticationConverter();
    private final PublicAddress address;

    ProofHeader(PublicAddress address) {
        this.address = address;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        AuthorizationHeader.requireOne(request);
        List<String> proofs = Collections.list(request.getHeaders(NAME));
        if (proofs.size() != 1 || proofs.get(0).isBlank() || proofs.get(0).length() > LONGEST) {
            throw invalid("One DPoP header with one proof of at most " + LONGEST + " characters");
        }
        String target = address.of(request);
        // What is no address would end as a 500 further on.
        if (target == null || HttpTarget.of(target) == null) {
            throw invalid("The API does not know the address that was called");
        }
        return headers.convert(request) instanceof DPoPAuthenticationToken sent
                ? new DPoPAuthenticationToken(sent.getAccessToken(), sent.getDPoPProof(), sent.getMethod(), target)
                : null;
    }

    private static OAuth2AuthenticationException invalid(String description) {
        return new OAuth2AuthenticationException(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_DPOP_PROOF, description, null));
    }
}
