package dev.latchkey.rowsecurity.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Everything that Hibernate can answer from one owner's persistence context while another is in scope. */
class PersistenceContextIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private static ConfigurableApplicationContext application;
    private static OwnerScope scope;
    private static EntityManagerFactory factory;
    private static EntityManager entities;
    private static TransactionTemplate transaction;

    private final Shelf shelf = new Shelf("fiction");
    private final Volume volume = new Volume(shelf, "alices");
    private final Volume second = new Volume(shelf, "alices");

    @BeforeAll
    static void start() {
        application = JpaApplication.start();
        scope = application.getBean(OwnerScope.class);
        factory = application.getBean(EntityManagerFactory.class);
        entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
        transaction = new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void save() {
        as(ALICE, em -> {
            em.persist(shelf);
            em.persist(volume);
            em.persist(second);
        });
    }

    @AfterEach
    void empty() {
        JdbcTemplate all = new JdbcTemplate(TestDatabase.superuser());
        all.update("delete from volumes");
        all.update("delete from shelves");
    }

    /** What one does with ids, and with entities that were loaded in full. */
    static Stream<Arguments> uses() {
        return Stream.of(
                use("find", (em, known) -> em.find(Volume.class, known.volume.id)),
                use("getReference", (em, known) -> em.getReference(Volume.class, known.volume.id)),
                use(
                        "findMultiple",
                        (em, known) -> em.unwrap(Session.class).findMultiple(Volume.class, List.of(known.volume.id))),
                use(
                        "natural id",
                        (em, known) -> em.unwrap(Session.class)
                                .bySimpleNaturalId(Shelf.class)
                                .load("fiction")),
                use(
                        "reference by natural id",
                        (em, known) -> em.unwrap(Session.class)
                                .bySimpleNaturalId(Shelf.class)
                                .getReference("fiction")),
                use(
                        "natural id as a criterion",
                        (em, known) -> em.unwrap(Session.class)
                                .byNaturalId(Shelf.class)
                                .using("code", "fiction")
                                .load()),
                use("lazy collection", (em, known) -> Hibernate.initialize(known.shelf.volumes)),
                use("proxy", (em, known) -> known.proxy.title()),
                use("refresh", (em, known) -> em.refresh(known.volume)),
                use("merge", (em, known) -> em.merge(known.volume)),
                use("merge of a detached copy", (em, known) -> {
                    Volume copy = new Volume(known.shelf, "bobs");
                    copy.id = known.volume.id;
                    em.merge(copy);
                }),
                use("persist", (em, known) -> em.persist(new Volume(known.shelf, "bobs"))),
                use("remove", (em, known) -> em.remove(known.volume)),
                use("lock", (em, known) -> em.lock(known.volume, LockModeType.PESSIMISTIC_WRITE)),
                use(
                        "query",
                        (em, known) -> em.createQuery("select v from Volume v", Volume.class)
                                .getResultList()),
                use(
                        "query as a stream",
                        (em, known) -> em.createQuery("select v from Volume v", Volume.class)
                                .getResultStream()
                                .forEach(volume -> {})),
                use(
                        "native query",
                        (em, known) -> em.createNativeQuery("select * from volumes", Volume.class)
                                .getResultList()),
                use(
                        "bulk update",
                        (em, known) -> em.createQuery("update Volume set title = 'bobs'")
                                .executeUpdate()),
                use("query after a change", (em, known) -> {
                    known.volume.title = "bobs";
                    em.createQuery("select v from Volume v", Volume.class).getResultList();
                }),
                use("flush of a change", (em, known) -> {
                    known.volume.title = "bobs";
                    em.flush();
                }));
    }

    private static Arguments use(String name, Use use) {
        return Arguments.argumentSet(name, use);
    }

    @ParameterizedTest
    @MethodSource("uses")
    void givenATransactionOfOneOwnerWhenAnotherUsesItThenRefused(Use use) {
        asAndBack(ALICE, em -> {
            Known known = known(em);
            assertThatThrownBy(() -> scope.runAs(BOB, () -> use.run(em, known)))
                    .isInstanceOf(OwnerChangedException.class)
                    .hasMessageNotContaining("alice");
            assertThatThrownBy(() -> scope.unowned("test", () -> use.run(em, known)))
                    .isInstanceOf(OwnerChangedException.class);
        });
        assertThat(rows()).containsOnly("alice alices");
    }

    @ParameterizedTest
    @MethodSource("uses")
    void givenAnEntityManagerThatOutlivesTheTransactionWhenAnotherOwnerUsesItThenRefused(Use use) {
        EntityManager extended = factory.createEntityManager();
        // As open-in-view does.
        TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(extended));
        try {
            Known known = scope.runAs(ALICE, () -> transaction.execute(status -> known(entities)));
            assertThatThrownBy(() -> as(BOB, em -> use.run(em, known)))
                    .hasStackTraceContaining(OwnerChangedException.class.getName());
            assertThatThrownBy(() -> scope.runAs(BOB, () -> use.run(extended, known)))
                    .isInstanceOf(RuntimeException.class);
        } finally {
            TransactionSynchronizationManager.unbindResource(factory);
            extended.close();
        }
        assertThat(rows()).containsOnly("alice alices");
    }

    @ParameterizedTest
    @MethodSource("uses")
    void givenTheSameOwnerThenItWorks(Use use) {
        asAndBack(ALICE, em -> use.run(em, known(em)));
    }

    @Test
    void givenAStatelessSessionThenItKeepsNothing() {
        asAndBack(ALICE, em -> {
            StatelessSession session =
                    em.unwrap(Session.class).statelessWithOptions().connection().openStatelessSession();
            assertThat(session.get(Volume.class, volume.id)).isNotNull();
            assertThatThrownBy(() -> scope.runAs(BOB, () -> session.get(Volume.class, volume.id)))
                    .isInstanceOf(OwnerChangedException.class);
        });
    }

    @Test
    void givenASessionWithAnInterceptorOfTheApplicationThenItIsRefused() {
        SessionFactory sessions = factory.unwrap(SessionFactory.class);
        try (Session session = sessions.withOptions().noInterceptor().openSession()) {
            assertThatThrownBy(() -> scope.runAs(ALICE, () -> session.find(Volume.class, volume.id)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("interceptor");
        }
    }

    @Test
    void givenASessionWithAnInterceptorOfTheApplicationThenItsQueriesAreRefusedToo() {
        asAndBack(ALICE, em -> {
            Session session = em.unwrap(Session.class)
                    .sessionWithOptions()
                    .connection()
                    .noInterceptor()
                    .openSession();
            assertThatThrownBy(() -> session.createSelectionQuery("from Shelf", Shelf.class)
                            .getResultList())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("interceptor");
        });
    }

    private Known known(EntityManager em) {
        return new Known(
                em.find(Shelf.class, shelf.id),
                em.find(Volume.class, volume.id),
                em.getReference(Volume.class, second.id));
    }

    private static List<String> rows() {
        return new JdbcTemplate(TestDatabase.superuser())
                .queryForList("select owner_id || ' ' || title from volumes", String.class);
    }

    private static void as(Owner owner, Consumer<EntityManager> work) {
        scope.runAs(owner, () -> transaction.executeWithoutResult(status -> work.accept(entities)));
    }

    private static void asAndBack(Owner owner, Consumer<EntityManager> work) {
        scope.runAs(
                owner,
                () -> transaction.executeWithoutResult(status -> {
                    status.setRollbackOnly();
                    work.accept(entities);
                }));
    }

    private record Known(Shelf shelf, Volume volume, Volume proxy) {}

    @FunctionalInterface
    private interface Use {
        void run(EntityManager entities, Known known);
    }
}
