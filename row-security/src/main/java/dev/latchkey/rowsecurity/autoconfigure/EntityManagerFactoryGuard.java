package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.guard.GuardedPersistenceProvider;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceProvider;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.JpaVendorAdapter;

/** Lets every entity manager factory be built by the guarded provider, whoever configured it. */
final class EntityManagerFactoryGuard implements BeanPostProcessor {

    private final ObjectProvider<OwnerScope> scope;
    private final InMemoryDatabases inMemory;

    EntityManagerFactoryGuard(ObjectProvider<OwnerScope> scope, InMemoryDatabases inMemory) {
        this.scope = scope;
        this.inMemory = inMemory;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof AbstractEntityManagerFactoryBean factory && !isInMemory(factory)) {
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

    private boolean isInMemory(AbstractEntityManagerFactoryBean factory) {
        DataSource dataSource = factory.getDataSource();
        return dataSource != null && inMemory.contains(dataSource);
    }

    /** What a factory bean makes has been seen above; anything else was built past the guard. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof EntityManagerFactory factory
                && !(bean instanceof EntityManagerFactoryInfo)
                && !GuardedPersistenceProvider.isGuarded(factory)) {
            throw new IllegalStateException("Row security does not guard " + beanName
                    + ": build it with a LocalContainerEntityManagerFactoryBean");
        }
        return bean;
    }
}
