package dev.latchkey.api.writes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * What an owner has in the end does not depend on how it was sent: together or in parts, once or again, by one or by several at the same
 * time, in whatever order leaves the operations of one row, and deletions and what goes with them, in theirs. {@code -Dbatch.seed=…} repeats
 * one run.
 *
 * <p>This holds in every mode for one queue whose operations say the {@code version} that they change, and for rows that are created once
 * by each who has them. Where two who do not know of each other write the same row, the modes promise different things: see
 * {@link #whenTwoDevicesHaveTheSameRows_thenEachRowIsOfWhomTheModeSays}.
 */
@TestPropertySource(properties = "test.connections=4")
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

    /** Two tabs, say: each sends the queue in parts of its own, and sends again what it is told to send again. */
    @ParameterizedTest
    @EnumSource(OnConflict.class)
    void whenTwoSendOneQueueAtOnce_thenTheSameStateAsByOne(OnConflict mode) {
        atOnce(
                () -> inParts(
                        model.ops(),
                        part -> assertThat(statuses(sent(part, mode)))
                                .as("seed %d", seed)
                                .isSubsetOf("applied", "duplicate")),
                () -> inParts(
                        model.ops(),
                        part -> assertThat(statuses(sent(part, mode)))
                                .as("seed %d", seed)
                                .isSubsetOf("applied", "duplicate")));

        assertThat(state()).as("seed %d", seed).isEqualTo(model.state());
    }

    /** The account had some of the rows already, with other content. */
    @ParameterizedTest
    @EnumSource(OnConflict.class)
    void whenAGuestsRowsComeInPartsAndAgain_thenTheSameStateAsInOne(OnConflict mode) {
        List<Library.Op> account = model.accountsRows();
        Instant before = Instant.now().minusSeconds(60);
        assertTaken(account, "");
        Instant after = Instant.now().plusSeconds(60);
        Set<Library.Op> later = new HashSet<>();
        List<Library.Op> guest = new ArrayList<>();
        for (Library.Op op : model.allRows("guest")) {
            boolean isLater = random.nextBoolean();
            Library.Op timed = op.at(isLater ? after : before);
            guest.add(timed);
            if (isLater) {
                later.add(timed);
            }
        }

        int cut = random.nextInt(guest.size() + 1);
        decided(shuffled(guest.subList(0, cut)), mode);
        decided(shuffled(guest), mode);
        decided(shuffled(guest.subList(cut, guest.size())), mode);

        Predicate<Library.Op> guestWins = switch (mode) {
            case FAIL, SERVER_WINS -> op -> false;
            case CLIENT_WINS -> op -> true;
            case NEWEST_WINS -> later::contains;
        };
        assertThat(state()).as("seed %d", seed).isEqualTo(model.merged(account, guest, guestWins));
    }

    /**
     * Each row is of one of them, whole, and the receipts say of whom: of the first who came, unless the mode lets others come over it, and
     * then of the last.
     */
    @ParameterizedTest
    @EnumSource(OnConflict.class)
    void whenTwoDevicesHaveTheSameRows_thenEachRowIsOfWhomTheModeSays(OnConflict mode) {
        // Made while they were offline, before either was sent; the other's later.
        Instant made = Instant.now().minusSeconds(60);
        Map<String, String> one = new ConcurrentHashMap<>();
        Map<String, String> other = new ConcurrentHashMap<>();
        List<Library.Op> ofOne =
                model.allRows("one").stream().map(op -> op.at(made)).toList();
        List<Library.Op> ofOther = model.allRows("other").stream()
                .map(op -> op.at(made.plusSeconds(1)))
                .toList();

        atOnce(
                () -> inParts(ofOne, part -> one.putAll(decided(part, mode))),
                () -> inParts(ofOther, part -> other.putAll(decided(part, mode))));

        if (mode == OnConflict.NEWEST_WINS) {
            assertThat(state().values())
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row).startsWith("other of "));
            return;
        }
        String late = switch (mode) {
            case FAIL -> "refused";
            case CLIENT_WINS -> "merged";
            // Both changes were made before the first was written.
            case SERVER_WINS -> "kept";
            case NEWEST_WINS -> throw new IllegalStateException();
        };
        Map<String, String> expected = new TreeMap<>();
        for (Library.Op op : ofOne) {
            assertThat(List.of(one.get(op.id()), other.get(op.id())))
                    .as("seed %d, %s", seed, op)
                    .containsExactlyInAnyOrder("applied", late);
            boolean isOnes = one.get(op.id()).equals("applied") != (mode == OnConflict.CLIENT_WINS);
            expected.put(
                    op.table() + "/" + op.id(),
                    new Library.Row(
                                    op.table(),
                                    isOnes ? "one" : "other",
                                    op.row().parent(),
                                    mode == OnConflict.CLIENT_WINS ? 1 : 0)
                            .toString());
        }
        assertThat(state()).as("seed %d", seed).isEqualTo(expected);
    }

    /** A device's changes of its own rows, without a version, as they were made, in parts. */
    @RepeatedTest(3)
    void whenTheNewestWins_thenAQueueInPartsIsAsInOne() {
        String work = id();
        // More exactly than Postgres keeps it.
        Instant made = Instant.now().minusSeconds(60).with(ChronoField.NANO_OF_SECOND, 123_456_999);
        List<String> queue = new ArrayList<>();
        for (int change = 0; change < 10; change++) {
            queue.add(op(
                    "upsert",
                    "works",
                    work,
                    ",\"updated_at\":\"%s\"".formatted(made.plusSeconds(change / 2))
                            + data("{\"title\":\"change %d\"}".formatted(change))));
        }

        for (int from = 0; from < queue.size(); ) {
            int to = Math.min(queue.size(), from + 1 + random.nextInt(4));
            sent(queue.subList(from, to), ",\"on_conflict\":\"newest_wins\"");
            from = to;
        }

        assertThat(read("/v1/works/" + work).path("title").stringValue())
                .as("seed %d", seed)
                .isEqualTo("change 9");
    }

    /** Both read, change what they have read, and begin again when they were too late: {@code fail} loses none of it. */
    @Test
    void whenTwoCountInOneRow_thenNoneIsLost() {
        String work = id();
        batch(op("create", "works", work, data("{\"title\":\"count\",\"published_year\":0}")));
        Runnable counting = () -> {
            for (int done = 0; done < 10; ) {
                JsonNode row = read("/v1/works/" + work);
                String next = op(
                        "patch",
                        "works",
                        work,
                        ",\"version\":%d".formatted(row.path("version").longValue())
                                + data("{\"published_year\":%d}"
                                        .formatted(row.path("published_year").intValue() + 1)));
                HttpResponse<String> answer = sent(List.of(next), ",\"on_conflict\":\"fail\"");
                if (answer.statusCode() == 409) {
                    assertProblem(answer, 409, "write_conflict");
                } else {
                    assertThat(statuses(answer)).containsExactly("applied");
                    done++;
                }
            }
        };

        atOnce(counting, counting);

        JsonNode row = read("/v1/works/" + work);
        assertThat(row.path("published_year").intValue()).isEqualTo(20);
        assertThat(row.path("version").longValue()).isEqualTo(20);
    }

    private static void atOnce(Runnable one, Runnable other) {
        CompletableFuture.allOf(CompletableFuture.runAsync(one), CompletableFuture.runAsync(other))
                .join();
    }

    /** Of random lengths, in order. */
    private void inParts(List<Library.Op> ops, Consumer<List<Library.Op>> sender) {
        Random own = new Random(random.nextLong());
        for (int from = 0; from < ops.size(); ) {
            int to = Math.min(ops.size(), from + 1 + own.nextInt(10));
            sender.accept(ops.subList(from, to));
            from = to;
        }
    }

    /** What became of each operation, by its row; {@code refused} for those that a client leaves out because it is told to. */
    private Map<String, String> decided(List<Library.Op> ops, OnConflict mode) {
        List<Library.Op> left = new ArrayList<>(ops);
        Map<String, String> result = new HashMap<>();
        while (!left.isEmpty()) {
            HttpResponse<String> answer = sent(left, mode);
            if (answer.statusCode() == 200) {
                List<String> statuses = statuses(answer);
                for (int i = 0; i < left.size(); i++) {
                    result.put(left.get(i).id(), statuses.get(i));
                }
                return result;
            }
            assertThat(mode).as(answer.body()).isEqualTo(OnConflict.FAIL);
            List<Library.Op> refused = pointers(assertProblem(answer, 409, "write_conflict")).stream()
                    .map(pointer -> left.get(Integer.parseInt(pointer.substring("#/ops/".length()))))
                    .toList();
            assertThat(refused).isNotEmpty();
            refused.forEach(op -> result.put(op.id(), "refused"));
            left.removeAll(refused);
        }
        return result;
    }

    private HttpResponse<String> sent(List<Library.Op> ops, OnConflict mode) {
        return sent(ops.stream().map(Library.Op::json).toList(), ",\"on_conflict\":\"%s\"".formatted(mode));
    }

    /** Again as long as it is said to be nobody's fault, as a client does. */
    private HttpResponse<String> sent(List<String> ops, String more) {
        HttpResponse<String> answer = batch(ops, more);
        for (int again = 0; again < 20 && isForNow(answer); again++) {
            answer = batch(ops, more);
        }
        return answer;
    }

    private static boolean isForNow(HttpResponse<String> answer) {
        return answer.statusCode() == 503
                || (answer.statusCode() == 409
                        && json(answer).path("code").stringValue().equals("edit_conflict"));
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
