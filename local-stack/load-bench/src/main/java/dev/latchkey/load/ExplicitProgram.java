package dev.latchkey.load;

import dev.latchkey.api.ResourceApi;
import dev.latchkey.rowsecurity.OwnerResolver;
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

    /** Batches of one owner take turns; nothing is bound to it. */
    @Bean
    OwnerScope ownerScope(OwnerResolver resolver) {
        return new OwnerScope(resolver);
    }
}
