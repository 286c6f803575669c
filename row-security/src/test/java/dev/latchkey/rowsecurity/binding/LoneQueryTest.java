package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoneQueryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, title from works w where w.id = ?",
                "SELECT w1_0.id FROM works w1_0 ORDER BY w1_0.updated_at DESC, w1_0.id FETCH FIRST ? ROWS ONLY",
                "select count(*), max ( a ), lower(t.title) from (select 1) t where t.a in (?, ?) and exists (select from b)",
                "with recent as (select * from works) select * from recent -- now()",
                "select 'now(); for update', \"for\", x.for from t",
                "values (1), (2)",
                "table works",
                "select /* nextval('x') /* nested */ */ a::numeric(10, 2), b -> 'c' #>> '{d}' from t where e ? 'f'"
            })
    void whenPlainlyAQueryThenItIsOne(String sql) {
        assertThat(LoneQuery.is(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-- nothing",
                "select 1; select 2",
                "select 1;",
                "(select 1)",
                "insert into a values (1)",
                "select * into b from a",
                "with a as (delete from b returning *) select * from a",
                "select * from a for no key update",
                "select f(1)",
                "select s.count(*) from a",
                "select s . count (*) from a",
                "select \"count\"(*) from a",
                "select $$'$$, nextval('a'), $$'$$",
                "select now()",
                "select current_date",
                "select 'a\\', nextval('b')",
                "set work_mem = '1MB'",
                "explain select 1",
                "call p()",
                "do 'begin end'",
                "declare c cursor for select 1",
                "lock table a",
                "copy a to stdout"
            })
    void whenAnythingElseThenNot(String sql) {
        assertThat(LoneQuery.is(sql)).isFalse();
    }
}
