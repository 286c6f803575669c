package dev.latchkey.rowsecurity.prover;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test method once for every {@link Claim} on the live schema. The class has a static method {@code DataSource admin()} that logs in as a superuser.
 *
 * <pre>{@code
 * static DataSource admin() { return postgres.getPostgresDatabase(); }
 *
 * @ProveIsolation(role = "notes_app")
 * void isolation(Claim claim) throws SQLException { claim.verify(); }
 * }</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(ProofExtension.class)
public @interface ProveIsolation {

    /** Role that the application logs in as. */
    String role();

    /** For tables that no row can be invented for. */
    Sample[] samples() default {};

    /** For how long random statements are run; 0 for none. */
    int fuzzSeconds() default 3;

    /** What decides them, unless the system property {@code latchkey.fuzz.seed} does; 0 for something else each time. */
    long fuzzSeed() default 0;
}
