package dev.latchkey.api.schema;

import dev.latchkey.rowsecurity.OwnerScope;
import javax.sql.DataSource;
import org.springframework.boot.jpa.autoconfigure.EntityManagerFactoryDependsOnPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {

    @Bean
    SchemaCheck schemaCheck(DataSource database, OwnerScope scope) {
        return new SchemaCheck(database, scope);
    }

    /** Hibernate would name a missing column, and not what to do about it. */
    @Bean
    static EntityManagerFactoryDependsOnPostProcessor schemaBeforeEntities() {
        return new EntityManagerFactoryDependsOnPostProcessor(SchemaCheck.class);
    }
}
