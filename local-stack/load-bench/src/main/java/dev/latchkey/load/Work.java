package dev.latchkey.load;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** What is asked for. */
enum Work {
    BY_ID("by id", 200) {
        @Override
        ClassicHttpRequest request(Person person) {
            return new BasicClassicHttpRequest("GET", "/v1/works/" + person.anyWork());
        }
    },
    NEWEST("newest twenty", 200) {
        @Override
        ClassicHttpRequest request(Person person) {
            return new BasicClassicHttpRequest("GET", "/v1/works?limit=20");
        }
    },
    CREATE("create", 201) {
        @Override
        ClassicHttpRequest request(Person person) {
            return json("/v1/works", "{" + FIELDS + "}");
        }
    },
    BATCH("batch of 100", 200) {
        @Override
        ClassicHttpRequest request(Person person) {
            return json(
                    "/v1/writes/batch",
                    IntStream.range(0, 100)
                            .mapToObj(i ->
                                    "{\"op_id\":\"%s\",\"table\":\"works\",\"op\":\"create\",\"id\":\"%s\",\"data\":{%s}}"
                                            .formatted(random(), random(), FIELDS))
                            .collect(Collectors.joining(",", "{\"ops\":[", "]}")));
        }
    },
    ME("/v1/me", 200) {
        @Override
        ClassicHttpRequest request(Person person) {
            return new BasicClassicHttpRequest("GET", "/v1/me");
        }
    };

    private static final String FIELDS =
            "\"title\":\"A new work\",\"kind\":\"book\",\"authors\":[\"Ada Lovelace\"],\"published_year\":1843,\"metadata\":{\"shelf\":7}";

    private final String label;
    private final int status;

    Work(String label, int status) {
        this.label = label;
        this.status = status;
    }

    abstract ClassicHttpRequest request(Person person);

    /** Of a good answer. */
    int status() {
        return status;
    }

    private static ClassicHttpRequest json(String path, String body) {
        var request = new BasicClassicHttpRequest("POST", path);
        request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        return request;
    }

    /** Quicker than UUID.randomUUID(). */
    private static UUID random() {
        var random = ThreadLocalRandom.current();
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    @Override
    public String toString() {
        return label;
    }
}
