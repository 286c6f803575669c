package dev.latchkey.localstack.bench;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The people of one realm, all at work at once. */
final class Contender {

    private final List<Person> people;
    private final ExecutorService threads;

    /** @param threads as many as people */
    Contender(HttpClient http, String keycloak, String realm, int people, ExecutorService threads) {
        this.people = IntStream.range(0, people)
                .mapToObj(number -> new Person(http, keycloak, realm, BenchRealm.person(number)))
                .toList();
        this.threads = threads;
    }

    /** Who refreshes must have signed in. */
    void signIn() throws Exception {
        for (Person person : people) {
            person.signIn();
        }
    }

    /** How many a second, for this long. */
    double perSecond(Work work, long millis) throws Exception {
        long began = System.nanoTime();
        long end = began + millis * 1_000_000;
        List<Callable<Integer>> shares = new ArrayList<>();
        for (Person person : people) {
            shares.add(() -> {
                int count = 0;
                while (System.nanoTime() < end) {
                    work.run(person);
                    count++;
                }
                return count;
            });
        }
        int count = 0;
        for (Future<Integer> share : threads.invokeAll(shares)) {
            count += share.get();
        }
        return count / ((System.nanoTime() - began) / 1e9);
    }
}
