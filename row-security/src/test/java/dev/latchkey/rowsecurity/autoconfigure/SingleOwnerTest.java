package dev.latchkey.rowsecurity.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.rowsecurity.InvalidOwnerException;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerResolver;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SingleOwnerTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RowSecurityAutoConfiguration.class));

    @Test
    void currentWhenSingleOwnerThenActsForIt() {
        application
                .withPropertyValues("latchkey.row-security.single-owner=legacy")
                .run(context ->
                        assertThat(context.getBean(OwnerScope.class).current()).isEqualTo(Owner.of("legacy")));
    }

    @Test
    void currentWhenNobodySaysSoThenUnbound() {
        application.run(context -> assertThatExceptionOfType(UnboundException.class)
                .isThrownBy(() -> context.getBean(OwnerScope.class).current()));
    }

    @Test
    void startWhenSingleOwnerBesideAResolverThenRefused() {
        application
                .withPropertyValues("latchkey.row-security.single-owner=legacy")
                .withBean(OwnerResolver.class, () -> () -> null)
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("remove the property"));
    }

    @Test
    void startWhenSingleOwnerIsNoOwnerIdThenRefused() {
        application
                .withPropertyValues("latchkey.row-security.single-owner=not an id")
                .run(context -> assertThat(context).getFailure().rootCause().isInstanceOf(InvalidOwnerException.class));
    }
}
