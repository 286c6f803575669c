package dev.latchkey.realm.account;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.admin.client.Keycloak;

/** The command {@code which-account}; see docs/how-to/answer-a-lawful-request.md. */
public final class WhichAccount {

    private static final int FOUND = 0;
    private static final int NOBODY = 1;
    private static final int NOT_ANSWERED = 2;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    public WhichAccount(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Returns the exit status. Nothing is printed on {@code out} but the answer, and that not before it is on the record. */
    public int run(List<String> arguments) {
        Question question;
        try {
            question = Question.of(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + ".\n\n" + Question.USAGE);
            return NOT_ANSWERED;
        }
        try {
            return answer(question);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + ".");
        } catch (IOException e) {
            err.println("The audit log cannot be written, so there is no answer: " + e);
        } catch (WebApplicationException | ProcessingException e) {
            err.println("Keycloak does not answer: " + e.getMessage());
        }
        return NOT_ANSWERED;
    }

    private int answer(Question question) throws IOException {
        ActorKey key = new ActorKey(secret());
        String administrator = required("KC_BOOTSTRAP_ADMIN_USERNAME");
        AuditLog audit = new AuditLog(question.auditLog());
        Optional<String> account;
        try (Keycloak keycloak = Keycloak.getInstance(
                required("KEYCLOAK_URL"),
                "master",
                administrator,
                required("KC_BOOTSTRAP_ADMIN_PASSWORD"),
                "admin-cli")) {
            account = new Accounts(keycloak.realm(question.realm())).find(question.actorUid(), key);
        } catch (WebApplicationException | ProcessingException e) {
            audit.add(question, administrator, "failed");
            throw e;
        }
        audit.add(question, administrator, account.isPresent() ? "found" : "nobody");
        account.ifPresentOrElse(out::println, () -> err.println("No account of this realm has it under this secret."));
        return account.isPresent() ? FOUND : NOBODY;
    }

    @SuppressWarnings(
            "SystemConsoleNull") // From Java 22 on it is not, and reading from what is no terminal gives null.
    private String secret() {
        String secret = environment.get("ACTOR_UID_SECRET");
        if (secret != null && !secret.isEmpty()) {
            return secret;
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Secret of actor_uid: ");
        if (typed == null) {
            throw new IllegalArgumentException("ACTOR_UID_SECRET is not set, and there is no terminal to ask at");
        }
        return new String(typed);
    }

    private String required(String variable) {
        String value = environment.get(variable);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(variable + " is not set");
        }
        return value;
    }
}
