package dev.latchkey.rowsecurity.guard;

import dev.latchkey.rowsecurity.autoconfigure.DoctorAutoConfiguration;
import dev.latchkey.rowsecurity.testing.CountingSocketFactory;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that has row security by the dependency alone, but for the doctor: its database is wrong on purpose. */
@EnableAutoConfiguration(exclude = DoctorAutoConfiguration.class)
@EntityScan
class JpaApplication {

    static ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(JpaApplication.class)
                .properties(
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off",
                        "spring.liquibase.enabled=false",
                        "spring.datasource.url=" + TestDatabase.url(),
                        "spring.datasource.hikari.data-source-properties.socketFactory="
                                + CountingSocketFactory.class.getName(),
                        "spring.datasource.hikari.maximum-pool-size=1",
                        "spring.datasource.hikari.connection-timeout=2000",
                        "spring.jpa.open-in-view=false",
                        "spring.jpa.hibernate.ddl-auto=validate")
                .properties(settings)
                .run();
    }
}
