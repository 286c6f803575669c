package dev.latchkey.api.web;

import dev.latchkey.api.limit.RateLimitFilter;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.Problems;
import dev.latchkey.api.settings.ApiSettings;
import dev.latchkey.api.snapshots.SnapshotSettings;
import dev.latchkey.api.token.AuthorizationHeader;
import dev.latchkey.api.token.Claims;
import dev.latchkey.api.token.DPoP;
import dev.latchkey.api.token.TokenProblems;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.OAuth2ProtectedResourceMetadata;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who may come in: the pages, the OpenAPI document, health and RFC 9728 metadata are open, everything else needs a good token. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String[] OPEN = {
        "/",
        "/index.html",
        "/app.js",
        "/app.css",
        "/favicon.svg",
        "/vendor/**",
        OpenApiConfiguration.ADDRESS,
        "/swagger-ui",
        SwaggerUi.ADDRESS + "**",
        SnapshotSettings.DOWNLOADS + "*"
    };

    @Bean
    SecurityFilterChain filterChain(
            HttpSecurity http,
            ApiSettings settings,
            TokenProblems tokenProblems,
            AuthorizationHeader authorization,
            DPoP dPoP,
            RateLimitFilter rateLimits)
            throws Exception {
        var identity = new JwtAuthenticationConverter();
        // The default, sub, would put the Keycloak user id wherever a principal is printed.
        identity.setPrincipalClaimName(Claims.ACTOR_UID);
        AccessDeniedHandler denied = (request, response, e) -> Problems.write(request, response, ErrorCode.FORBIDDEN);
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, OPEN)
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD, OPEN)
                        .permitAll()
                        .requestMatchers("/health")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(identity))
                        .bearerTokenResolver(authorization)
                        .authenticationEntryPoint(tokenProblems)
                        .accessDeniedHandler(denied)
                        .protectedResourceMetadata(metadata ->
                                metadata.protectedResourceMetadataCustomizer(document -> describe(document, settings)))
                        .withObjectPostProcessor(answersWith(tokenProblems)))
                .oauth2ResourceServer(dPoP::configure)
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(tokenProblems).accessDeniedHandler(denied))
                .addFilter(new CorsFilter(settings.corsOrigins()))
                .addFilterBefore(new ActorFilter(), AuthorizationFilter.class)
                .addFilterBefore(rateLimits, AuthorizationFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy(settings)))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .crossOriginOpenerPolicy(Customizer.withDefaults()))
                // A token with each request, and nothing between them: no session, and so nothing that would look for
                // one. Who it is stays for
                // the other dispatches of the request.
                .securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .sessionManagement(AbstractHttpConfigurer::disable)
                // No cookie authenticates anything here, so no other site can ride on one.
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                // Who is nobody has no authentication; the servlet API is not asked who somebody is.
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Spring's rules, without a regular expression for what they allow anyway: a token is a long header, and is read several times. */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(name -> isVisible(name) || StrictHttpFirewall.ALLOWED_HEADER_NAMES.test(name));
        firewall.setAllowedHeaderValues(
                value -> isVisible(value) || StrictHttpFirewall.ALLOWED_HEADER_VALUES.test(value));
        return firewall;
    }

    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** The management port, which is not for the world: who reaches it may ask for health and metrics. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain managementFilterChain(HttpSecurity http) throws Exception {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Otherwise every filter of the chain is measured for every request, which costs more than the filters do. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    /** What the firewall refuses, such as {@code //} or {@code ;} in a path. */
    @Bean
    RequestRejectedHandler requestRejectedHandler() {
        return (request, response, e) -> Problems.write(request, response, ErrorCode.BAD_REQUEST);
    }

    /** Spring's own handler rethrows a failure to fetch keys, which would end as a 500. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answersWith(TokenProblems problems) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(problems);
                return filter;
            }
        };
    }

    /** RFC 9728 §2. */
    private static void describe(OAuth2ProtectedResourceMetadata.Builder document, ApiSettings settings) {
        document.resourceName("Latchkey API")
                .authorizationServer(settings.issuer())
                .tlsClientCertificateBoundAccessTokens(false)
                .claim("dpop_signing_alg_values_supported", DPoP.ALGORITHMS)
                .claim("dpop_bound_access_tokens_required", false);
        if (!settings.apiUrl().isEmpty()) {
            document.resource(settings.apiUrl());
        }
    }

    private static String policy(ApiSettings settings) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' " + settings.issuerOrigin()
                + "; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
    }
}
