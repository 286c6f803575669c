package dev.latchkey.api.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

class StaleTokensTest {

    private static final Instant CHANGE = Instant.parse("2026-11-21T10:00:00.500Z");

    private final StaleTokens stale = new StaleTokens();

    @Test
    void whenNothingWasChanged_thenTokensAreGood() {
        assertGood("alice", CHANGE.minusSeconds(299));
    }

    @Test
    void whenTheAccountWasChangedSince_thenItsTokensAreStaleAndNobodyElses() {
        stale.learn(news(CHANGE, Map.of("alice", CHANGE.toEpochMilli())));

        assertStale("alice", CHANGE.minusSeconds(299));
        assertStale("alice", Instant.parse("2026-11-21T10:00:00Z")); // the same second, of which iat shows no more
        assertGood("alice", Instant.parse("2026-11-21T10:00:01Z"));
        assertGood("bob", CHANGE.minusSeconds(299));
    }

    @Test
    void whenATokenDoesNotSayWhenItWasIssued_thenItIsStaleIfAnythingWasChanged() {
        stale.learn(news(CHANGE, Map.of("alice", CHANGE.toEpochMilli())));

        assertStale("alice", null);
    }

    @Test
    void whenTheSameChangeIsToldAgainAndAnOlderOne_thenTheLastCounts() {
        stale.learn(news(CHANGE, Map.of("alice", CHANGE.toEpochMilli())));
        stale.learn(news(CHANGE, Map.of("alice", CHANGE.minusSeconds(60).toEpochMilli())));

        assertStale("alice", CHANGE.minusSeconds(30));
    }

    @Test
    void whenTheChangeIsOlderThanAnyToken_thenItIsForgotten() {
        stale.learn(news(CHANGE, Map.of("alice", CHANGE.toEpochMilli())));
        stale.learn(news(CHANGE.plus(StaleTokens.KEPT).plusSeconds(1), Map.of()));

        assertGood("alice", CHANGE.minusSeconds(1));
    }

    @Test
    void whenThereAreTooManyToName_thenEverybodysTokensBeforeAreStale() {
        stale.learn(new AccountChanges(CHANGE.toEpochMilli(), Map.of(), true));

        assertStale("bob", CHANGE.minusSeconds(1));
        assertGood("bob", CHANGE.plusSeconds(1));
    }

    @Test
    void whenThereAreTooManyToRemember_thenEverybodysTokensBeforeAreStale() {
        stale.learn(news(
                CHANGE,
                IntStream.rangeClosed(0, 100_000)
                        .boxed()
                        .collect(Collectors.toMap(i -> "subject-" + i, i -> CHANGE.toEpochMilli()))));

        assertStale("bob", CHANGE.minusSeconds(1));
        assertGood("bob", CHANGE.plusSeconds(1));
    }

    private static AccountChanges news(Instant until, Map<String, Long> changed) {
        return new AccountChanges(until.toEpochMilli(), changed, false);
    }

    private void assertGood(String subject, Instant issuedAt) {
        assertThat(stale.validate(token(subject, issuedAt)).hasErrors()).isFalse();
    }

    private void assertStale(String subject, Instant issuedAt) {
        assertThat(stale.validate(token(subject, issuedAt)).getErrors()).containsExactly(StaleTokens.STALE);
    }

    private static Jwt token(String subject, Instant issuedAt) {
        return Jwt.withTokenValue("token")
                .header("alg", "RS256")
                .subject(subject)
                .issuedAt(issuedAt)
                .build();
    }
}
