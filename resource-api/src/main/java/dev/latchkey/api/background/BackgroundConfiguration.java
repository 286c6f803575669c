package dev.latchkey.api.background;

import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * A thread for each task: who learns of changed accounts must not wait for somebody's snapshot. Spring Boot's own scheduler has one
 * thread, and on virtual threads one for all tasks with a delay between them.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class BackgroundConfiguration {

    /** As many as there are tasks when all of them are switched on. */
    static final int THREADS = 5;

    @Bean
    ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder builder) {
        return builder.poolSize(THREADS).build();
    }
}
