package dev.latchkey.rowsecurity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.rowsecurity.adopt.SingleUserDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdoptCommandIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void adoptWhenObservedThenEnforcedThenRevertedThenSaysWhatIsNext() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        List<String> schema = database.schema();
        String[] all = {"--owner", "legacy-owner", "--role", database.appRole(), "--all", "--shared", "languages"};

        assertThat(adopt(database, List.of(all), "--observe"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("public.threads: owner_id").contains("Nothing is enforced yet");
        assertThat(adopt(database, List.of(), "--enforce")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("The doctor has 0 finding(s) for " + database.appRole())
                .contains("OwnerResolver");
        assertThat(adopt(database, List.of(), "--revert", "--dry-run")).isZero();
        assertThat(out.toString()).contains("alter table public.threads drop column owner_id;");
        assertThat(adopt(database, List.of(), "--revert")).isZero();

        assertThat(SingleUserDatabase.difference(schema, database.schema())).isEmpty();
    }

    @Test
    void adoptWhenTheRoleHasAnOddNameThenWhatIsPrintedCanBeCopied() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        String role = "The \"App\" of " + database.appRole();

        assertThat(adopt(
                        database, List.of("--owner", "legacy-owner", "--role", role, "--all", "--shared", "languages")))
                .as(out + err.toString())
                .isZero();

        assertThat(out.toString()).contains("alter role \"The \"\"App\"\" of " + database.appRole() + "\" login");
    }

    @Test
    void adoptWhenSomethingIsInTheWayThenListsItAndExitsWithOne() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();

        int exit = adopt(database, List.of("--owner", "legacy-owner", "--role", SingleUserDatabase.OWNER, "threads"));

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("[adopt-role-unsafe]").contains("[adopt-foreign-key-outside]");
        assertThat(adopt(database, List.of(), "--enforce")).isEqualTo(1);
        assertThat(err.toString()).contains("Nothing was adopted");
    }

    @Test
    void adoptWhenOwnerIdMeansSomethingElseThenTheOwnerColumnHasAnotherName() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();
        database.execute("alter table threads add owner_id integer");
        List<String> schema = database.schema();
        List<String> all =
                List.of("--owner", "legacy-owner", "--role", database.appRole(), "--all", "--shared", "languages");

        assertThat(adopt(database, all)).isEqualTo(1);
        assertThat(out.toString()).contains("[adopt-owner-id-taken]").contains("--owner-column row_owner");
        assertThat(adopt(database, all, "--owner-column", "user")).isEqualTo(1);
        assertThat(err.toString()).contains("word of SQL");
        assertThat(adopt(database, all, "--owner-column", "row_owner"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("The doctor has 0 finding(s) for " + database.appRole());
        assertThat(out.toString()).contains("on conflict (row_owner, name)");
        assertThat(RowSecurityCli.commandLine()
                        .setOut(new PrintWriter(out))
                        .execute(
                                "doctor",
                                "--url",
                                database.url("postgres"),
                                "--user",
                                "postgres",
                                "--role",
                                database.appRole(),
                                "--owner",
                                "legacy-owner",
                                "--explain",
                                "threads",
                                "7"))
                .isZero();
        assertThat(out.toString()).contains("own-row");
        assertThat(adopt(database, all)).isEqualTo(1);
        assertThat(err.toString()).contains("say --owner-column row_owner");
        database.execute("alter table threads alter row_owner drop default");
        assertThat(adopt(database, all, "--owner-column", "row_owner")).isEqualTo(1);
        assertThat(out.toString()).contains("[owner-id-default] public.threads.row_owner");
        database.execute("alter table threads alter row_owner set default app.current_owner()");
        assertThat(adopt(database, List.of(), "--revert")).isZero();

        assertThat(SingleUserDatabase.difference(schema, database.schema())).isEmpty();
    }

    @Test
    void adoptWhenArgumentsAreMissingThenExitsWithTwo() throws Exception {
        SingleUserDatabase database = SingleUserDatabase.create();

        assertThat(adopt(database, List.of("--all"))).isEqualTo(2);
        assertThat(adopt(database, List.of("--owner", "not an id", "--role", "x", "--all")))
                .isEqualTo(2);
    }

    private int adopt(SingleUserDatabase database, List<String> arguments, String... more) {
        List<String> line = new ArrayList<>(List.of("adopt", "--url", database.url("postgres"), "--user", "postgres"));
        line.addAll(arguments);
        line.addAll(List.of(more));
        return RowSecurityCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
    }
}
