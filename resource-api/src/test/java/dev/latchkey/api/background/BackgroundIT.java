package dev.latchkey.api.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestDatabase;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "RESOURCE_API_CLIENT_SECRET=secret",
            "LATCHKEY_REALM_URL=http://localhost:1/realms/latchkey",
            "LATCHKEY_MAINTENANCE_PASSWORD=" + TestDatabase.MAINTENANCE_PASSWORD
        })
class BackgroundIT extends ApiTest {

    @Autowired
    private List<ScheduledTaskHolder> holders;

    @Autowired
    private ThreadPoolTaskScheduler scheduler;

    @Test
    void givenEveryTaskIsOn_thenEachHasAThread() {
        assertThat(holders.stream()
                        .map(ScheduledTaskHolder::getScheduledTasks)
                        .mapToLong(Collection::size)
                        .sum())
                .isEqualTo(BackgroundConfiguration.THREADS);
        assertThat(scheduler.getScheduledThreadPoolExecutor().getCorePoolSize())
                .isEqualTo(BackgroundConfiguration.THREADS);
    }
}
