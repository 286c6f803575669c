package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Work that goes on in other threads, over one connection that all of them get in turn. */
class OtherThreadsIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");
    private static final OwnerScope SCOPE = new OwnerScope(() -> null);

    private static final BlockingQueue<String> OUTCOMES = new LinkedBlockingQueue<>();

    private static HikariDataSource pool;
    private static AnnotationConfigApplicationContext application;
    private static Work work;

    @BeforeAll
    static void start() {
        pool = TestDatabase.pool(1);
        application = new AnnotationConfigApplicationContext(Application.class);
        work = application.getBean(Work.class);
    }

    @AfterAll
    static void stop() {
        application.close();
        pool.close();
    }

    @BeforeEach
    @AfterEach
    void empty() {
        TestDatabase.deleteAllNotes();
    }

    @Nested
    class GivenAsyncWork {

        @Test
        void whenNothingIsSaidThenItIsUnbound() {
            assertUnbound(SCOPE.runAs(ALICE, () -> work.plain("alices")));
            assertThat(rows()).isEmpty();
        }

        @Test
        void whenTheExecutorDecoratesThenItRunsForWhoeverStartedItAndTheThreadIsFreeAgain() {
            SCOPE.runAs(ALICE, () -> work.decorated("alices")).join();
            assertThatThrownBy(() ->
                            SCOPE.runAs(ALICE, () -> work.decorated("fail")).join())
                    .hasRootCauseMessage("on purpose");
            SCOPE.runAs(BOB, () -> work.decorated("bobs")).join();
            assertUnbound(work.decorated("nobodys"));
            assertThat(rows()).containsExactly("alice alices", "bob bobs");
        }

        @Test
        void whenOneTaskIsWrappedThenThatOneIsBound() throws Exception {
            AsyncTaskExecutor plain = application.getBean("plain", AsyncTaskExecutor.class);
            SCOPE.runAs(ALICE, () -> plain.submit(SCOPE.wrap(() -> insert("by runnable"))))
                    .get();
            SCOPE.runAs(BOB, () -> plain.submit(SCOPE.wrap(() -> insert("by callable"))))
                    .get();
            SCOPE.runAs(
                            BOB,
                            () -> CompletableFuture.supplyAsync(SCOPE.wrapSupplier(() -> insert("by supplier")), plain))
                    .join();
            assertUnbound(CompletableFuture.supplyAsync(() -> insert("nobodys"), plain));
            assertThat(rows()).containsExactly("alice by runnable", "bob by callable", "bob by supplier");
        }

        @Test
        void whenUnownedWorkIsWrappedThenItStaysUnowned() {
            Runnable work = () -> assertThat(SCOPE.binding()).isEmpty();
            Runnable wrapped = SCOPE.unowned("test", () -> SCOPE.wrap(work));
            SCOPE.runAs(ALICE, wrapped);
        }
    }

    @Test
    void givenScheduledWorkThenItSaysForWhom() throws InterruptedException {
        assertThat(OUTCOMES.poll(10, TimeUnit.SECONDS)).isEqualTo(UnboundException.CODE);
        assertThat(OUTCOMES.poll(10, TimeUnit.SECONDS)).isEqualTo("alice");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with Java 21")
    void givenVirtualThreadsThenEachIsBoundToItsOwn() {
        SimpleAsyncTaskExecutor virtual = new SimpleAsyncTaskExecutor();
        virtual.setVirtualThreads(true);
        assertUnbound(SCOPE.runAs(ALICE, () -> CompletableFuture.supplyAsync(() -> insert("nobodys"), virtual)));

        virtual.setTaskDecorator(SCOPE::wrap);
        List<CompletableFuture<Integer>> inserts = IntStream.range(0, 40)
                .mapToObj(i -> SCOPE.runAs(
                        Owner.of("owner-" + i % 4),
                        () -> CompletableFuture.supplyAsync(() -> insert("of " + i % 4), virtual)))
                .toList();
        inserts.forEach(CompletableFuture::join);

        assertThat(rows()).hasSize(40).containsOnly("owner-0 of 0", "owner-1 of 1", "owner-2 of 2", "owner-3 of 3");
    }

    private static void assertUnbound(CompletableFuture<?> future) {
        assertThatThrownBy(future::join).hasCauseInstanceOf(UnboundException.class);
    }

    private static int insert(String title) {
        TransactionTemplate transaction = application.getBean(TransactionTemplate.class);
        Integer rows = transaction.execute(status ->
                application.getBean(JdbcTemplate.class).update("insert into notes (title) values (?)", title));
        return rows == null ? 0 : rows;
    }

    private static List<String> rows() {
        return new JdbcTemplate(TestDatabase.superuser())
                .queryForList("select owner_id || ' ' || title from notes order by 1", String.class);
    }

    static class Work {

        private final AtomicBoolean ran = new AtomicBoolean();
        private final JdbcTemplate jdbc;
        private final TransactionTemplate transaction;

        Work(JdbcTemplate jdbc, TransactionTemplate transaction) {
            this.jdbc = jdbc;
            this.transaction = transaction;
        }

        @Async("plain")
        @Transactional
        CompletableFuture<Void> plain(String title) {
            return insertOne(title);
        }

        @Async("decorated")
        @Transactional
        CompletableFuture<Void> decorated(String title) {
            return insertOne(title);
        }

        private CompletableFuture<Void> insertOne(String title) {
            jdbc.update("insert into notes (title) values (?)", title);
            if (title.equals("fail")) {
                throw new IllegalStateException("on purpose");
            }
            return CompletableFuture.completedFuture(null);
        }

        @Scheduled(initialDelay = 1, fixedDelay = 3_600_000)
        void nightly() {
            if (ran.getAndSet(true)) {
                return;
            }
            try {
                owner();
            } catch (UnboundException e) {
                OUTCOMES.add(e.code());
            }
            SCOPE.runAs(ALICE, () -> OUTCOMES.add(owner()));
        }

        private String owner() {
            return transaction.execute(
                    status -> jdbc.queryForObject("select current_setting('app.user_id')", String.class));
        }
    }

    @Configuration
    @EnableAsync(proxyTargetClass = true)
    @EnableScheduling
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Application {

        @Bean
        BindingDataSource dataSource() {
            return new BindingDataSource(pool, SCOPE);
        }

        @Bean
        JdbcTransactionManager transactionManager(BindingDataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        TransactionTemplate transactionTemplate(JdbcTransactionManager transactionManager) {
            return new TransactionTemplate(transactionManager);
        }

        @Bean
        JdbcTemplate jdbcTemplate(BindingDataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        ThreadPoolTaskExecutor plain() {
            return executor(work -> work);
        }

        @Bean
        ThreadPoolTaskExecutor decorated() {
            return executor(SCOPE::wrap);
        }

        private static ThreadPoolTaskExecutor executor(TaskDecorator decorator) {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(1);
            executor.setTaskDecorator(decorator);
            return executor;
        }

        @Bean
        Work work(JdbcTemplate jdbc, TransactionTemplate transaction) {
            return new Work(jdbc, transaction);
        }
    }
}
