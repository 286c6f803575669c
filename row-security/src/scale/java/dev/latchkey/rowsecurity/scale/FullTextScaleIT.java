package dev.latchkey.rowsecurity.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Full-text search by a table of lexemes, as the how-to has it, for an owner of 300,000 rows. */
class FullTextScaleIT {

    private static final String SEARCH = """
        select id from entry_lexemes where lexeme = any (tsvector_to_array(to_tsvector('simple', '%s')))
        group by id having count(*) = length(to_tsvector('simple', '%1$s')) order by id
        """;

    @BeforeAll
    static void fill() throws SQLException {
        superuser("""
            create table entries (owner_id text not null, id int not null, body text not null, primary key (owner_id, id));
            create table entry_lexemes (
              owner_id text not null, lexeme text not null, id int not null,
              primary key (owner_id, lexeme, id),
              foreign key (owner_id, id) references entries on delete cascade);
            create index on entry_lexemes (owner_id, id);
            create function entry_lexemes() returns trigger language plpgsql set search_path = public, pg_temp as $$
            begin
              delete from entry_lexemes where owner_id = new.owner_id and id = new.id;
              insert into entry_lexemes (owner_id, lexeme, id)
              select new.owner_id, lexeme, new.id from unnest(tsvector_to_array(to_tsvector('simple', new.body))) lexeme;
              return null;
            end $$;
            select app.protect('entries', 'notes_app'), app.protect('entry_lexemes', 'notes_app');
            create trigger entry_lexemes after insert or update of body on entries
              for each row execute function entry_lexemes();
            alter table entries disable trigger user;
            insert into entries (owner_id, id, body)
            select case when n <= 300000 then 'large' else 'other' end, n, 'entry common word' || n % 1000 || ' rare' || n
            from generate_series(1, 310000) n;
            insert into entry_lexemes (owner_id, lexeme, id)
            select owner_id, unnest(tsvector_to_array(to_tsvector('simple', body))), id from entries;
            alter table entries enable trigger user;
            """);
        superuser("vacuum analyze entries");
        superuser("vacuum analyze entry_lexemes");
    }

    @AfterAll
    static void drop() throws SQLException {
        superuser("drop table entry_lexemes, entries; drop function entry_lexemes()");
    }

    @Test
    void findsByIndexWhatIsThere() throws SQLException {
        assertThat(as("large", SEARCH.formatted("common word7"))).hasSize(300);
        assertThat(as("large", SEARCH.formatted("rare77"))).containsExactly("77");
        assertThat(String.join("\n", as("large", "explain (analyze, costs off) " + SEARCH.formatted("word7 rare1007"))))
                .contains("Index")
                .doesNotContain("Seq Scan")
                .containsPattern("Index Cond: .*lexeme = ANY");
    }

    @Test
    void showsNothingOfOthers() throws SQLException {
        assertThat(as("other", SEARCH.formatted("rare77"))).isEmpty();
        assertThat(as("other", SEARCH.formatted("word7"))).hasSize(10);
        assertThat(as("", SEARCH.formatted("rare77"))).isEmpty();
    }

    @Test
    void followsChanges() throws SQLException {
        assertThat(as(
                        "other",
                        "insert into entries (id, body) values (1, 'fresh');" + "update entries set body = 'newer' where id = 1",
                        SEARCH.formatted("newer")))
                .containsExactly("1");
        assertThat(as(
                        "other",
                        "insert into entries (id, body) values (1, 'fresh'); update entries set body = 'newer' where id = 1",
                        SEARCH.formatted("fresh")))
                .isEmpty();
    }

    /** Rolled back. */
    private static List<String> as(String owner, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(TestDatabase.url());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('app.user_id', '" + owner + "', true)");
            List<String> found = new ArrayList<>();
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    ResultSet rows = statement.getResultSet();
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
            return found;
        }
    }

    private static void superuser(String sql) throws SQLException {
        try (Connection connection = TestDatabase.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
