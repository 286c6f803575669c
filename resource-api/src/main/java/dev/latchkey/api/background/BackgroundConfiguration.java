package dev.latchkey.api.background;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * A thread for each task: who learns of changed accounts must not wait for somebody's snapshot. Spring Boot's own scheduler has one
 * thread, and on virtual threads one for all tasks with a delay between them. Ours is no bean, because for one that executes Spring Boot
 * would leave out the executor of requests.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class BackgroundConfiguration implements SchedulingConfigurer, DisposableBean {

    /** As many as there are tasks when all of them are switched on. */
    static final int THREADS = 5;

    private final ThreadPoolTaskScheduler scheduler;

    BackgroundConfiguration(ThreadPoolTaskSchedulerBuilder builder) {
        scheduler = builder.poolSize(THREADS).build();
        scheduler.initialize();
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.setTaskScheduler(scheduler);
    }

    @Override
    public void destroy() {
        scheduler.destroy();
    }
}
