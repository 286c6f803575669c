package dev.latchkey.rowsecurity.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.Subselect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Repositories of Spring Data, and what Hibernate maps to SQL of the application's own, over one connection. */
class SpringDataIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private static ConfigurableApplicationContext application;
    private static OwnerScope scope;
    private static TransactionTemplate transaction;
    private static Notes notes;
    private static Titles titles;

    @BeforeAll
    static void start() {
        application = JpaApplication.start();
        scope = application.getBean(OwnerScope.class);
        transaction = new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
        JpaRepositoryFactory repositories = new JpaRepositoryFactory(
                SharedEntityManagerCreator.createSharedEntityManager(application.getBean(EntityManagerFactory.class)));
        notes = repositories.getRepository(Notes.class);
        titles = repositories.getRepository(Titles.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @AfterEach
    void empty() {
        TestDatabase.deleteAllNotes();
    }

    static Stream<Arguments> reads() {
        return Stream.of(
                read("all", r -> r.findAll().stream().map(n -> n.title)),
                read("page", r -> r.findAll(PageRequest.of(0, 5)).stream().map(n -> n.title)),
                read("count", r -> Stream.generate(() -> "alices").limit(r.count())),
                read("stream", Notes::streamTitles),
                read("projection", r -> r.findAllProjectedBy().stream().map(Title::getTitle)),
                read("native query", r -> r.nativeTitles().stream()),
                read("example by name", r -> r.findByTitle("alices").stream().map(n -> n.title)),
                read("subselect", r -> titles.findAll().stream().map(t -> t.title)),
                read("formula", r -> titles.findAll().stream().map(t -> "alices".repeat((int) t.others))));
    }

    private static Arguments read(String name, Function<Notes, Stream<String>> read) {
        return Arguments.of(Named.of(name, read));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void readsAreOneOwners(Function<Notes, Stream<String>> read) {
        scope.runAs(ALICE, () -> transaction.executeWithoutResult(status -> notes.save(new Note("alices"))));

        assertThat(seen(ALICE, read)).containsExactly("alices");
        assertThat(seen(BOB, read)).isEmpty();
        assertThatThrownBy(() -> transaction.execute(status -> read.apply(notes).toList()))
                .isInstanceOf(UnboundException.class);
        assertThat(seen(ALICE, read)).containsExactly("alices");
    }

    @Test
    void writesAreOneOwners() {
        scope.runAs(ALICE, () -> transaction.executeWithoutResult(status -> notes.save(new Note("alices"))));
        Runnable changes = () -> transaction.executeWithoutResult(status -> {
            assertThat(notes.retitle("changed")).isZero();
            assertThat(notes.deleteByTitle("alices")).isZero();
            notes.deleteAll();
            notes.deleteAllInBatch();
            notes.saveAll(List.of(new Note("bobs"), new Note("bobs too")));
        });

        scope.runAs(BOB, changes);

        assertThat(seen(ALICE, Notes::streamTitles)).containsExactly("alices");
        assertThat(seen(BOB, Notes::streamTitles)).containsExactlyInAnyOrder("bobs", "bobs too");
    }

    private static List<String> seen(Owner owner, Function<Notes, Stream<String>> read) {
        return scope.runAs(
                owner, () -> transaction.execute(status -> read.apply(notes).toList()));
    }

    interface Notes extends JpaRepository<Note, UUID> {

        @Query("select n.title from Note n")
        Stream<String> streamTitles();

        @Query(value = "select title from notes", nativeQuery = true)
        List<String> nativeTitles();

        List<Title> findAllProjectedBy();

        List<Note> findByTitle(String title);

        @Modifying
        @Query("update Note n set n.title = ?1")
        int retitle(String title);

        long deleteByTitle(String title);
    }

    interface Titles extends JpaRepository<TitleOfNote, UUID> {}

    interface Title {
        String getTitle();
    }

    @Entity
    @Immutable
    @Subselect("select id, title from notes")
    static class TitleOfNote {

        @Id
        UUID id;

        String title;

        @Formula("(select count(*) from notes n)")
        long others;
    }
}
