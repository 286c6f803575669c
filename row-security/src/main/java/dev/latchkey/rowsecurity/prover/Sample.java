package dev.latchkey.rowsecurity.prover;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Values for columns of a table that the prover cannot invent. */
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Sample {

    /** {@code schema.table}, quoted where SQL needs it. */
    String table();

    /** A query for one row, its columns named like the table's; {@code {n}} stands for a number that differs from row to row. */
    String row();
}
