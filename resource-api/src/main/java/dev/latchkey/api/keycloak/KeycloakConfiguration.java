package dev.latchkey.api.keycloak;

import dev.latchkey.api.correlation.Correlation;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class KeycloakConfiguration {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Addresses are below the realm's. Fails fast: a caller waits for it. */
    @Bean
    RestClient keycloak(KeycloakSettings settings, ObservationRegistry observations) {
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
                .observationRegistry(observations)
                .requestInterceptor(KeycloakConfiguration::correlated)
                .build();
    }

    /** Keycloak's log names the request that its work was for. A span of our own, if there is one, is named already. */
    private static ClientHttpResponse correlated(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        Correlation.current()
                .ifPresent(correlation -> correlation.headers(
                        (name, value) -> request.getHeaders().putIfAbsent(name, List.of(value))));
        return execution.execute(request, body);
    }
}
