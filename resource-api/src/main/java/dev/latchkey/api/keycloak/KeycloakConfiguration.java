package dev.latchkey.api.keycloak;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class KeycloakConfiguration {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Addresses are below the realm's. Fails fast: a caller waits for it. */
    @Bean
    RestClient keycloak(KeycloakSettings settings) {
        // Over plain HTTP the default would offer HTTP/2 with every request.
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
        var requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(ANSWER);
        return RestClient.builder()
                .baseUrl(settings.realmUrl())
                .requestFactory(requests)
                .build();
    }
}
