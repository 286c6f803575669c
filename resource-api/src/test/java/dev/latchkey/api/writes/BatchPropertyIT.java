package dev.latchkey.api.writes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import tools.jackson.databind.JsonNode;

/**
 * What an owner has in the end does not depend on how it was sent: together or in parts, once or again, in whatever order leaves the
 * operations of one row, and deletions and what goes with them, in theirs. {@code -Dbatch.seed=…} repeats one run.
 */
class BatchPropertyIT extends BatchTest {

    private final long seed = Long.getLong("batch.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Library model = new Library(random);

    @BeforeEach
    void generate() {
        model.live(60);
    }

    @AfterEach
    void name() {
        System.out.println("Seed of this run of BatchPropertyIT: " + seed);
    }

    @RepeatedTest(5)
    void whenSentAtOnceInAnotherOrder_thenTheSameState() {
        assertTaken(shuffled(model.ops()), "");

        assertThat(state()).as("seed %d", seed).isEqualTo(model.state());
    }

    @RepeatedTest(5)
    void whenSentInPartsAndPartsAgain_thenTheSameState() {
        List<List<Library.Op>> sent = new ArrayList<>();
        int from = 0;
        while (from < model.ops().size()) {
            int to = Math.min(model.ops().size(), from + 1 + random.nextInt(20));
            sent.add(shuffled(model.ops().subList(from, to)));
            from = to;
            assertTaken(sent.get(sent.size() - 1), "");
            while (random.nextInt(3) == 0) {
                assertTaken(sent.get(random.nextInt(sent.size())), "");
            }
        }

        assertThat(state()).as("seed %d", seed).isEqualTo(model.state());
    }

    /** The account had some of the rows already, with other content. */
    @RepeatedTest(5)
    void whenAGuestsRowsComeInPartsAndAgain_thenTheSameStateAsInOne() {
        boolean clientWins = random.nextBoolean();
        String onConflict = ",\"on_conflict\":\"%s\"".formatted(clientWins ? "client_wins" : "server_wins");
        List<Library.Op> account = model.accountsRows();
        List<Library.Op> guest = model.guestsRows();
        assertTaken(account, "");

        int cut = random.nextInt(guest.size() + 1);
        assertTaken(shuffled(guest.subList(0, cut)), onConflict);
        assertTaken(shuffled(guest), onConflict);
        assertTaken(shuffled(guest.subList(cut, guest.size())), onConflict);

        assertThat(state()).as("seed %d", seed).isEqualTo(model.merged(account, guest, clientWins));
    }

    private void assertTaken(List<Library.Op> ops, String more) {
        if (!ops.isEmpty()) {
            assertThat(statuses(batch(ops.stream().map(Library.Op::json).toList(), more)))
                    .as("seed %d", seed)
                    .hasSize(ops.size());
        }
    }

    /** Any order that keeps what has to be kept, each as likely as not. */
    private List<Library.Op> shuffled(List<Library.Op> ops) {
        List<Library.Op> left = new ArrayList<>(ops);
        List<Library.Op> result = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Library.Op> free = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                Library.Op op = left.get(i);
                if (left.subList(0, i).stream().noneMatch(op::mustFollow)) {
                    free.add(op);
                }
            }
            Collections.shuffle(free, random);
            result.add(free.get(0));
            left.remove(free.get(0));
        }
        return result;
    }

    /** What the API shows of all rows, by table and id. */
    private Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        for (String table : Library.TABLES) {
            for (JsonNode row : read("/v1/" + table + "?limit=100").path("items")) {
                state.put(
                        table + "/" + row.path("id").stringValue(),
                        "%s of %s, version %d"
                                .formatted(
                                        row.path(Library.text(table)).stringValue(),
                                        row.path(Library.parentField(table)).asString("nothing"),
                                        row.path("version").longValue()));
            }
        }
        return state;
    }
}
