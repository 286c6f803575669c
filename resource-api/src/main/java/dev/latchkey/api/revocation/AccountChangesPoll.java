package dev.latchkey.api.revocation;

import dev.latchkey.api.keycloak.KeycloakSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Asks Keycloak again and again. Without the client's secret it does not, and a change shows when the token expires. */
@Configuration(proxyBeanMethods = false)
class AccountChangesPoll implements SchedulingConfigurer {

    /** Six chances within the minute in which a change is to take effect. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Events bear the time of the change and can be read when it is committed: this much later at most. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(AccountChangesPoll.class);

    private final RestClient keycloak;
    private final KeycloakSettings settings;
    private final StaleTokens stale;
    private volatile long since = start();
    private volatile long answered = System.currentTimeMillis();
    private volatile boolean away;

    AccountChangesPoll(RestClient keycloak, KeycloakSettings settings, StaleTokens stale, MeterRegistry meters) {
        this.keycloak = keycloak;
        this.settings = settings;
        this.stale = stale;
        TimeGauge.builder("latchkey.account.changes.age", this, TimeUnit.MILLISECONDS, poll -> poll.age())
                .description("How long ago Keycloak last told whose accounts were changed")
                .register(meters);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        if (settings.clientSecret().isEmpty()) {
            log.warn("RESOURCE_API_CLIENT_SECRET is not set: what an administrator changes shows when tokens expire");
        } else {
            tasks.addFixedDelayTask(() -> ask(since), INTERVAL);
        }
    }

    /** All that could still matter, asked again; null if Keycloak does not tell. */
    @Nullable
    AccountChanges replay() {
        return ask(start());
    }

    private synchronized @Nullable AccountChanges ask(long since) {
        try {
            AccountChanges news = keycloak.get()
                    .uri("/account-changes?since={since}", since)
                    .headers(headers -> headers.setBasicAuth(KeycloakSettings.CLIENT_ID, settings.clientSecret()))
                    .retrieve()
                    .requiredBody(AccountChanges.class);
            stale.learn(news);
            this.since = news.until() - OVERLAP.toMillis();
            answered = System.currentTimeMillis();
            if (away) {
                away = false;
                log.info("Keycloak tells again whose accounts are changed");
            }
            return news;
        } catch (RestClientException | IllegalStateException e) {
            if (!away) {
                away = true;
                log.warn(
                        "Keycloak does not tell whose accounts are changed; tokens go on working until they expire: {}",
                        // Its message may have what was answered.
                        NestedExceptionUtils.getMostSpecificCause(e).getClass().getName());
            }
            return null;
        }
    }

    private static long start() {
        return System.currentTimeMillis() - StaleTokens.KEPT.toMillis();
    }

    private long age() {
        return System.currentTimeMillis() - answered;
    }
}
