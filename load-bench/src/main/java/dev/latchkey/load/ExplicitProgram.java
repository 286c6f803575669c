package dev.latchkey.load;

import dev.latchkey.api.ResourceApi;
import dev.latchkey.rowsecurity.OwnerScope;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API without row security: no binder, no guard, tables without policies, and queries that name the owner. */
@Configuration(proxyBeanMethods = false)
class ExplicitProgram {

    private static final String AUTOCONFIGURATION = "dev.latchkey.rowsecurity.autoconfigure.";

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(ResourceApi.class, ExplicitProgram.class)
                .properties("spring.autoconfigure.exclude=" + AUTOCONFIGURATION + "RowSecurityAutoConfiguration,"
                        + AUTOCONFIGURATION + "DoctorAutoConfiguration")
                .run(arguments);
    }

    /** Some beans ask for it; nothing looks at what it says. */
    @Bean
    OwnerScope ownerScope() {
        return new OwnerScope(() -> null);
    }
}
