package dev.latchkey.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.openapi.RawHttp.Reply;
import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestTokens;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fuzzer: operations of the document with hostile values in all places. Whatever comes, the answer is a documented one, nothing of the
 * inside is in it, and no value of the request in a refusal. {@code -Dfuzz.requests=1000000} sends all there are, {@code -Dfuzz.seed=…}
 * chooses others.
 */
@DirtiesContext
@TestPropertySource(
        properties = {
            "LATCHKEY_RATE_LIMIT_WRITES=0",
            "LATCHKEY_RATE_LIMIT_BATCHES=0",
            "LATCHKEY_RATE_LIMIT_SNAPSHOTS=0",
            "LATCHKEY_RATE_LIMIT_DOWNLOADS=0",
            "LATCHKEY_RATE_LIMIT_EXCHANGES=0",
            "test.connections=3"
        })
class HostileRequestsIT extends ApiTest {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2000);
    private static final long SEED = Long.getLong("fuzz.seed", 20261121);

    private final String alice = newOwner();

    @Test
    void givenHostileRequests_thenEachIsAnsweredAsDocumentedAndNothingOfTheInsideIsTold() throws IOException {
        System.out.printf("HostileRequestsIT: fuzz.seed=%d, fuzz.requests=%d%n", SEED, REQUESTS);
        JsonNode document = JsonMapper.shared().readTree(Path.of("../docs/reference/openapi.json"));
        Documented documented = new Documented(document);
        String token = TestTokens.of(alice);
        List<Attack> examples = Call.all(document)
                .filter(call -> call.phase() < 2)
                .map(call -> Attack.of(document, call))
                .toList();
        List<Attack> attacks = new ArrayList<>(Attacks.on(document));
        Collections.shuffle(attacks, new Random(SEED));
        Map<String, String> findings = new TreeMap<>();
        int sent = 0;
        for (Attack attack : attacks.subList(0, Math.min(REQUESTS, attacks.size()))) {
            if (sent++ % 200 == 0) {
                // What attacks have deleted is there again.
                token = TestTokens.of(alice);
                for (Attack example : examples) {
                    RawHttp.send(port, example.head(port, token), example.bytes());
                }
            }
            Reply reply;
            try {
                reply = RawHttp.send(port, attack.head(port, token), attack.bytes());
            } catch (SocketTimeoutException e) {
                findings.put(attack.toString(), "no answer");
                continue;
            }
            String finding = Verdict.of(documented, attack, reply);
            if (finding != null) {
                findings.put(attack.toString(), finding + ": " + reply.status() + " " + Attack.shortened(reply.body()));
            }
        }

        assertThat(findings)
                .as("of %d requests, %d there are", sent, attacks.size())
                .isEmpty();
    }
}
