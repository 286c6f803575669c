package dev.latchkey.rowsecurity.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.ParameterMode;
import jakarta.persistence.StoredProcedureQuery;
import jakarta.persistence.criteria.CriteriaUpdate;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hibernate.ScrollableResults;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Hibernate's less trodden ways to rows, over one connection that two owners and nobody get in turn, with a failure between. */
class JpaPathsIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private static ConfigurableApplicationContext application;
    private static OwnerScope scope;
    private static EntityManager entities;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        superuser("""
                create procedure add_note(new_title text) language sql as $$ insert into notes (title) values (new_title) $$;
                create function titles_of_notes() returns refcursor language plpgsql as
                  $$ declare c refcursor := 'c'; begin open c for select title from notes; return c; end $$""");
        application = JpaApplication.start();
        scope = application.getBean(OwnerScope.class);
        entities =
                SharedEntityManagerCreator.createSharedEntityManager(application.getBean(EntityManagerFactory.class));
        transaction = new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        application.close();
        superuser("drop procedure add_note(text); drop function titles_of_notes()");
    }

    @AfterEach
    void empty() {
        TestDatabase.deleteAllNotes();
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                write("stateless insert", (em, title) -> stateless(em).insert(new Note(title))),
                write(
                        "stateless insertMultiple",
                        (em, title) -> stateless(em).insertMultiple(List.of(new Note(title), new Note(title)))),
                write("stateless upsert", (em, title) -> stateless(em).upsert(new Note(title))),
                write("stateless upsert in a batch", (em, title) -> {
                    StatelessSession session = stateless(em);
                    session.setJdbcBatchSize(5);
                    session.upsertMultiple(List.of(new Note(title), new Note(title)));
                }),
                write("batched persist", (em, title) -> {
                    em.unwrap(Session.class).setJdbcBatchSize(5);
                    em.persist(new Note(title));
                    em.persist(new Note(title));
                }),
                write("merge of something new", (em, title) -> em.merge(new Note(title))),
                write(
                        "native insert",
                        (em, title) -> em.createNativeQuery("insert into notes (title) values (?1)")
                                .setParameter(1, title)
                                .executeUpdate()),
                write(
                        "doWork",
                        (em, title) -> em.unwrap(Session.class).doWork(connection -> {
                            assertThat(connection.isWrapperFor(PGConnection.class))
                                    .isFalse();
                            try (PreparedStatement insert =
                                    connection.prepareStatement("insert into notes (title) values (?)")) {
                                insert.setString(1, title);
                                insert.executeUpdate();
                            }
                        })),
                write("stored procedure", (em, title) -> {
                    StoredProcedureQuery call = em.createStoredProcedureQuery("add_note");
                    call.registerStoredProcedureParameter(1, String.class, ParameterMode.IN);
                    call.setParameter(1, title);
                    call.execute();
                }),
                write("criteria update", (em, title) -> {
                    em.persist(new Note("x"));
                    em.flush();
                    CriteriaUpdate<Note> update = em.getCriteriaBuilder().createCriteriaUpdate(Note.class);
                    update.from(Note.class);
                    update.set("title", title);
                    em.createQuery(update).executeUpdate();
                }),
                write(
                        "insert by a query",
                        (em, title) -> em.createQuery("insert into Note (id, title) values (:id, :title)")
                                .setParameter("id", UUID.randomUUID())
                                .setParameter("title", title)
                                .executeUpdate()));
    }

    static Stream<Arguments> reads() {
        return Stream.of(
                read(
                        "stateless query",
                        em -> stateless(em)
                                .createSelectionQuery("select title from Note", String.class)
                                .getResultList()),
                read(
                        "stream",
                        em -> em.createQuery("select n from Note n", Note.class)
                                .setHint("org.hibernate.fetchSize", 1)
                                .getResultStream()
                                .map(note -> note.title)
                                .toList()),
                read("scroll", em -> {
                    List<String> titles = new ArrayList<>();
                    try (ScrollableResults<String> rows = em.unwrap(Session.class)
                            .createSelectionQuery("select title from Note", String.class)
                            .scroll()) {
                        while (rows.next()) {
                            titles.add(rows.get());
                        }
                    }
                    return titles;
                }),
                read(
                        "native entities",
                        em -> em
                                .unwrap(Session.class)
                                .createNativeQuery("select * from notes", Note.class)
                                .getResultList()
                                .stream()
                                .map(note -> note.title)
                                .toList()),
                read(
                        "page",
                        em -> em.createQuery("select title from Note order by id", String.class)
                                .setFirstResult(0)
                                .setMaxResults(10)
                                .getResultList()),
                read(
                        "doReturningWork",
                        em -> em.unwrap(Session.class).doReturningWork(connection -> {
                            List<String> titles = new ArrayList<>();
                            try (ResultSet rows =
                                    connection.createStatement().executeQuery("select title from notes")) {
                                while (rows.next()) {
                                    titles.add(rows.getString(1));
                                }
                            }
                            return titles;
                        })),
                read(
                        "session with an inspector of its own",
                        em -> em.unwrap(Session.class)
                                .sessionWithOptions()
                                .connection()
                                .statementInspector(UnaryOperator.identity())
                                .openSession()
                                .createSelectionQuery("select title from Note", String.class)
                                .getResultList()));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void givenOwnersInTurnAndAFailureBetweenThenEachWritesTheirOwn(Write write) {
        run(ALICE, em -> write.of(em, "alices"));
        assertThatThrownBy(() -> run(ALICE, em -> {
                    write.of(em, "never committed");
                    em.flush();
                    em.createNativeQuery("select * from nowhere").getResultList();
                }))
                .hasStackTraceContaining("nowhere");
        run(BOB, em -> write.of(em, "bobs"));
        assertThatThrownBy(() -> scope.unowned(
                        "test", () -> transaction.executeWithoutResult(status -> write.of(entities, "nobodys"))))
                .isNotNull();
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    write.of(entities, "nobodys");
                    entities.flush();
                }))
                .hasStackTraceContaining(UnboundException.class.getName());
        assertThat(new JdbcTemplate(TestDatabase.superuser())
                        .queryForList("select owner_id || ' ' || title from notes", String.class))
                .contains("alice alices", "bob bobs")
                .containsOnly("alice alices", "bob bobs");
    }

    @ParameterizedTest
    @MethodSource("reads")
    void givenOwnersInTurnAndAFailureBetweenThenEachReadsTheirOwn(Read read) {
        run(ALICE, em -> em.persist(new Note("alices")));
        for (int run = 0; run < 7; run++) {
            run(ALICE, em -> assertThat(read.of(em)).containsExactly("alices"));
            assertThatThrownBy(() -> run(ALICE, em -> {
                        read.of(em);
                        em.createNativeQuery("select * from nowhere").getResultList();
                    }))
                    .hasStackTraceContaining("nowhere");
            run(BOB, em -> assertThat(read.of(em)).isEmpty());
            scope.unowned(
                    "test",
                    () -> transaction.executeWithoutResult(
                            status -> assertThat(read.of(entities)).isEmpty()));
            assertThatThrownBy(() -> transaction.execute(status -> read.of(entities)))
                    .hasStackTraceContaining(UnboundException.class.getName());
        }
    }

    @Test
    void givenASessionOfOnesOwnWithoutATransactionThenRefused() {
        SessionFactory sessions =
                application.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class);
        for (boolean stateless : new boolean[] {true, false}) {
            assertThatThrownBy(() -> scope.runAs(ALICE, () -> {
                        if (stateless) {
                            try (StatelessSession session = sessions.openStatelessSession()) {
                                session.createSelectionQuery("select title from Note", String.class)
                                        .getResultList();
                            }
                        } else {
                            try (Session session = sessions.withOptions()
                                    .statementInspector(UnaryOperator.identity())
                                    .openSession()) {
                                session.createSelectionQuery("select title from Note", String.class)
                                        .getResultList();
                            }
                        }
                    }))
                    .hasStackTraceContaining(UnboundException.class.getName());
        }
    }

    private static StatelessSession stateless(EntityManager em) {
        return em.unwrap(Session.class).statelessWithOptions().connection().openStatelessSession();
    }

    private static void run(Owner owner, Consumer<EntityManager> work) {
        scope.runAs(owner, () -> transaction.executeWithoutResult(status -> work.accept(entities)));
    }

    private static void superuser(String sql) {
        new JdbcTemplate(TestDatabase.superuser()).execute(sql);
    }

    private static Arguments write(String name, Write write) {
        return Arguments.argumentSet(name, write);
    }

    private static Arguments read(String name, Read read) {
        return Arguments.argumentSet(name, read);
    }

    @FunctionalInterface
    private interface Write {
        void of(EntityManager em, String title);
    }

    @FunctionalInterface
    private interface Read {
        List<String> of(EntityManager em);
    }
}
