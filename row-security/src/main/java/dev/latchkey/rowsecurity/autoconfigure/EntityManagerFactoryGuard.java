package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.guard.GuardedPersistenceProvider;
import jakarta.persistence.spi.PersistenceProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.orm.jpa.JpaVendorAdapter;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** Lets every entity manager factory be built by the guarded provider, whoever configured it. */
final class EntityManagerFactoryGuard implements BeanPostProcessor {

    private final ObjectProvider<OwnerScope> scope;

    EntityManagerFactoryGuard(ObjectProvider<OwnerScope> scope) {
        this.scope = scope;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof LocalContainerEntityManagerFactoryBean factory) {
            PersistenceProvider provider = factory.getPersistenceProvider();
            JpaVendorAdapter adapter = factory.getJpaVendorAdapter();
            if (provider == null && adapter != null) {
                provider = adapter.getPersistenceProvider();
            }
            if (provider == null) {
                throw new IllegalStateException(
                        "Row security guards entity manager factories that have a JpaVendorAdapter or a"
                                + " PersistenceProvider: set one on " + beanName);
            }
            factory.setPersistenceProvider(new GuardedPersistenceProvider(provider, scope::getObject));
        }
        return bean;
    }
}
