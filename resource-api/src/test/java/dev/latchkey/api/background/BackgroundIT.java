package dev.latchkey.api.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "RESOURCE_API_CLIENT_SECRET=secret",
            "LATCHKEY_REALM_URL=http://localhost:1/realms/latchkey",
            "LATCHKEY_MAINTENANCE_PASSWORD=" + TestDatabase.MAINTENANCE_PASSWORD
        })
@Import(BackgroundIT.Registrars.class)
class BackgroundIT extends ApiTest {

    private static final List<ScheduledTaskRegistrar> registrars = new ArrayList<>();

    @Autowired
    private List<ScheduledTaskHolder> holders;

    @Test
    void givenEveryTaskIsOn_thenEachHasAThread() {
        assertThat(holders.stream()
                        .map(ScheduledTaskHolder::getScheduledTasks)
                        .mapToLong(Collection::size)
                        .sum())
                .isEqualTo(BackgroundConfiguration.THREADS);
        assertThat(registrars)
                .extracting(ScheduledTaskRegistrar::getScheduler)
                .first()
                .isInstanceOfSatisfying(
                        ThreadPoolTaskScheduler.class,
                        scheduler -> assertThat(scheduler
                                        .getScheduledThreadPoolExecutor()
                                        .getCorePoolSize())
                                .isEqualTo(BackgroundConfiguration.THREADS));
    }

    static class Registrars implements SchedulingConfigurer {

        @Override
        public void configureTasks(ScheduledTaskRegistrar registrar) {
            registrars.add(registrar);
        }
    }
}
