package dev.latchkey.api.token;

import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import dev.latchkey.api.correlation.Correlation;
import dev.latchkey.api.revocation.StaleTokens;
import dev.latchkey.api.settings.ApiSettings;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerResolver;
import java.net.MalformedURLException;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    JwtDecoder jwtDecoder(ApiSettings settings, StaleTokens stale) throws MalformedURLException {
        JWKSetBasedJWKSource<SecurityContext> keys = IssuerKeys.at(settings.jwksUri());
        var processor = new TokenProcessor();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(AccessTokenRules.HEADER_TYPES));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(AccessTokenRules.ALGORITHMS, keys));
        // Claims are judged below, in one place.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var signatures = new NimbusJwtDecoder(processor);
        signatures.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        var rules = new AccessTokenRules(settings.issuer(), Clock.systemUTC());
        return new VerifiedTokens(
                signatures,
                keys.getJWKSetSource(),
                token -> {
                    OAuth2TokenValidatorResult judged = rules.validate(token);
                    return judged.hasErrors() ? judged : stale.validate(token);
                },
                Clock.systemUTC(),
                VerifiedTokens.MOST);
    }

    /** Row security works for whoever the token of this request speaks for, and for nobody without one. */
    @Bean
    OwnerResolver ownerResolver() {
        return () -> SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken bearer
                ? new Owner(Claims.ownerId(bearer.getToken()), Claims.actorUid(bearer.getToken()), origin())
                : null;
    }

    /** As the audit reads it: request and device. */
    private static @Nullable String origin() {
        return Correlation.current()
                .map(request -> request.requestId() + '/' + Objects.requireNonNullElse(request.deviceId(), ""))
                .orElse(null);
    }
}
