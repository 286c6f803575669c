package dev.latchkey.rowsecurity.guard;

import static dev.latchkey.rowsecurity.testing.CountingSocketFactory.roundTripsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.PolicyViolationException;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.hibernate.LocalSessionFactoryBean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class JpaIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private static ConfigurableApplicationContext application;
    private static OwnerScope scope;
    private static EntityManagerFactory factory;
    private static EntityManager entities;
    private static TransactionTemplate transaction;

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

    @AfterEach
    void empty() {
        TestDatabase.deleteAllNotes();
    }

    @Test
    void givenOwnersInTurnOnOneConnectionThenEachReachesTheirOwnByEveryVerb() {
        UUID id = saved(ALICE, "alices");
        assertThatThrownBy(() -> run(ALICE, em -> {
                    em.persist(new Note("never committed"));
                    em.flush();
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");

        run(BOB, em -> {
            assertThat(em.find(Note.class, id)).isNull();
            assertThat(titles(em)).isEmpty();
            assertThat(em.createNativeQuery("select title from notes").getResultList())
                    .isEmpty();
            assertThat(em.createQuery("update Note set title = 'bobs'").executeUpdate())
                    .isZero();
            assertThat(em.createQuery("delete Note").executeUpdate()).isZero();
        });
        assertThatThrownBy(() -> transaction.execute(status -> titles(entities)))
                .isInstanceOf(UnboundException.class);
        run(ALICE, em -> assertThat(titles(em)).containsExactly("alices"));
    }

    @Test
    void givenTheSameIdWhenAnotherOwnerUsesItThenEachHasARowOfTheirOwn() {
        UUID id = saved(ALICE, "alices");
        run(BOB, em -> {
            Note own = new Note("bobs");
            own.id = id;
            em.persist(own);
        });
        run(BOB, em -> assertThat(em.find(Note.class, id).title).isEqualTo("bobs"));
        run(ALICE, em -> assertThat(em.find(Note.class, id).title).isEqualTo("alices"));
    }

    @Test
    void givenOneStatementInATransactionThenTwoRoundTripsAsWithoutRowSecurity() {
        UUID id = saved(ALICE, "alices");
        assertThat(roundTripsOf(() -> run(ALICE, em -> em.find(Note.class, id))))
                .isEqualTo(2);
        assertThat(roundTripsOf(() -> saved(ALICE, "another"))).isEqualTo(2);
    }

    @Test
    void givenOneStatementInAReadOnlyTransactionThenOneRoundTrip() {
        UUID id = saved(ALICE, "alices");
        TransactionTemplate reading = new TransactionTemplate(transaction.getTransactionManager());
        reading.setReadOnly(true);
        for (int run = 0; run < 8; run++) {
            assertThat(roundTripsOf(() -> scope.runAs(
                            ALICE,
                            () -> reading.executeWithoutResult(status -> assertThat(entities.find(Note.class, id).title)
                                    .isEqualTo("alices")))))
                    .as("run %d", run)
                    .isEqualTo(1);
        }
    }

    @Test
    void givenUnownedWorkWhenItWritesToAProtectedTableThenPolicyViolation() {
        assertThatThrownBy(() -> scope.unowned(
                        "test",
                        () -> transaction.executeWithoutResult(status -> entities.persist(new Note("nobodys")))))
                .hasRootCauseInstanceOf(PSQLException.class)
                .hasStackTraceContaining(PolicyViolationException.class.getName());
        assertThatThrownBy(() -> scope.unowned(
                        "test",
                        () -> transaction.executeWithoutResult(status -> {
                            entities.persist(new Note("nobodys"));
                            entities.flush();
                        })))
                .isInstanceOf(PolicyViolationException.class);
    }

    @Nested
    class TheGuard {

        @Test
        void whenAnOwnerReadsOutsideOfATransactionThenTheFixIsNamed() {
            assertThatThrownBy(() -> scope.runAs(ALICE, () -> titles(entities)))
                    .isInstanceOf(UnboundException.class)
                    .hasMessageContaining("@Transactional")
                    .hasStackTraceContaining(StatementGuard.class.getName());
        }

        @Test
        void whenAPersistenceContextOutlivesItsOwnerThenItServesNoOther() {
            UUID id = saved(ALICE, "alices");
            // As open-in-view does.
            EntityManager extended = factory.createEntityManager();
            TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(extended));
            try {
                run(ALICE, em -> assertThat(em.find(Note.class, id).title).isEqualTo("alices"));
                run(ALICE, em -> assertThat(em.find(Note.class, id).title).isEqualTo("alices"));
                assertThatThrownBy(() -> run(BOB, em -> em.find(Note.class, id)))
                        .hasStackTraceContaining(OwnerChangedException.class.getName());
                assertThatThrownBy(() -> transaction.execute(status -> entities.find(Note.class, id)))
                        .hasStackTraceContaining(OwnerChangedException.class.getName());
            } finally {
                TransactionSynchronizationManager.unbindResource(factory);
                extended.close();
            }
            run(BOB, em -> assertThat(titles(em)).isEmpty());
        }
    }

    @Test
    void givenTheDataSourceBeanThenItIsBoundAndItsPoolStaysObservable() {
        DataSource bean = application.getBean(DataSource.class);
        assertThat(bean).isInstanceOf(BindingDataSource.class);
        assertThat(DataSourceUnwrapper.unwrap(bean, HikariConfigMXBean.class, HikariDataSource.class))
                .isNotNull();
        assertThat(application
                        .getBean("dbHealthContributor", HealthIndicator.class)
                        .health()
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void givenNeitherBinderNorGuardThenAValueLeftOnTheSessionLeaks() {
        saved(ALICE, "alices");
        try (HikariDataSource pool = TestDatabase.pool(1)) {
            JdbcTemplate unbound = new JdbcTemplate(pool);
            unbound.execute("set app.user_id = 'alice'");
            assertThat(unbound.queryForList("select title from notes")).hasSize(1);

            JdbcTemplate bound = new JdbcTemplate(new BindingDataSource(pool, scope));
            assertThatThrownBy(() -> bound.queryForList("select title from notes"))
                    .isInstanceOf(UnboundException.class);
            assertThat(scope.<List<?>>unowned("test", () -> bound.queryForList("select title from notes")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"use_second_level_cache", "use_query_cache"})
    void givenACacheThatKnowsNoOwnerThenTheApplicationDoesNotStart(String cache) {
        String property = "spring.jpa.properties.hibernate.cache.";
        assertThatThrownBy(() -> JpaApplication.start(
                                property + "region.factory_class=" + LocalCache.class.getName(),
                                property + "use_second_level_cache=false",
                                property + "use_query_cache=false",
                                property + cache + "=true")
                        .close())
                .rootCause()
                .hasMessageContaining("one owner's rows to another")
                .hasMessageContaining(cache);
    }

    @Test
    void givenAnInterceptorOfTheApplicationThenItSaysWhatToRemove() {
        assertThatThrownBy(() -> JpaApplication.start(
                                "spring.jpa.properties.hibernate.session_factory.interceptor=some.Interceptor")
                        .close())
                .rootCause()
                .hasMessageContaining("hibernate.session_factory.interceptor");
    }

    @Test
    void givenHibernateWithConnectionsOfItsOwnThenItIsNotBuilt() {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setPersistenceProvider(new GuardedPersistenceProvider(new HibernatePersistenceProvider(), () -> scope));
        factory.setPersistenceUnitName("own");
        factory.setPackagesToScan(Note.class.getPackageName());
        factory.setJpaPropertyMap(Map.of(JdbcSettings.JAKARTA_JDBC_URL, TestDatabase.url()));
        assertThatThrownBy(factory::afterPropertiesSet).hasStackTraceContaining("bound to no owner");
    }

    @Test
    void givenASessionFactoryBuiltPastTheGuardThenTheApplicationDoesNotStart() {
        assertThatThrownBy(() -> new SpringApplicationBuilder(JpaApplication.class, PastTheGuard.class)
                        .properties(
                                "spring.main.web-application-type=none",
                                "spring.main.banner-mode=off",
                                "spring.liquibase.enabled=false",
                                "spring.datasource.url=" + TestDatabase.url())
                        .run()
                        .close())
                .rootCause()
                .hasMessageContaining("does not guard sessionFactory");
    }

    static class PastTheGuard {

        @Bean
        LocalSessionFactoryBean sessionFactory(DataSource dataSource) {
            LocalSessionFactoryBean factory = new LocalSessionFactoryBean();
            factory.setDataSource(dataSource);
            factory.setPackagesToScan(Note.class.getPackageName());
            factory.getHibernateProperties().put(JdbcSettings.DIALECT, PostgreSQLDialect.class.getName());
            factory.getHibernateProperties().put(JdbcSettings.ALLOW_METADATA_ON_BOOT, "false");
            return factory;
        }
    }

    private static UUID saved(Owner owner, String title) {
        Note note = new Note(title);
        run(owner, em -> em.persist(note));
        return note.id;
    }

    private static List<String> titles(EntityManager em) {
        return em.createQuery("select n.title from Note n", String.class).getResultList();
    }

    private static void run(Owner owner, Consumer<EntityManager> work) {
        scope.runAs(owner, () -> transaction.executeWithoutResult(status -> work.accept(entities)));
    }
}
