package dev.latchkey.localstack.bench;

import java.io.IOException;

/** What is measured. */
enum Work {
    REFRESH("refreshes") {
        @Override
        void run(Person person) throws IOException, InterruptedException {
            person.refresh();
        }
    },
    SIGN_IN("sign-ins") {
        @Override
        void run(Person person) throws IOException, InterruptedException {
            person.signIn();
        }
    };

    private final String label;

    Work(String label) {
        this.label = label;
    }

    abstract void run(Person person) throws IOException, InterruptedException;

    @Override
    public String toString() {
        return label;
    }
}
