package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import dev.latchkey.rowsecurity.binding.BindingOptions;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Puts the binder in the place of every data source bean, and refuses to start if something could get at an unbound one. */
final class DataSourceBinder implements BeanPostProcessor, SmartInitializingSingleton {

    private final ObjectProvider<OwnerScope> scope;
    private final ObjectProvider<BindingOptions> options;
    private final InMemoryDatabases inMemory;
    private final ListableBeanFactory beans;

    DataSourceBinder(
            ObjectProvider<OwnerScope> scope,
            ObjectProvider<BindingOptions> options,
            InMemoryDatabases inMemory,
            ListableBeanFactory beans) {
        this.scope = scope;
        this.options = options;
        this.inMemory = inMemory;
        this.beans = beans;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof DataSource pool) {
            return bean instanceof BindingDataSource || inMemory.recognize(pool, beanName)
                    ? bean
                    : new BindingDataSource(pool, scope.getObject(), options.getObject());
        }
        if (bean instanceof CommonDataSource) {
            throw new IllegalStateException(
                    "Row security does not bind the connections of " + beanName
                            + ", which is an XADataSource or ConnectionPoolDataSource: make it a DataSource, inside of its bean");
        }
        return bean;
    }

    /** A bean that was registered ready-made, or that a post-processor asked for too early, has passed nobody. */
    @Override
    public void afterSingletonsInstantiated() {
        all(beans)
                .filter(dataSource -> !inMemory.contains(dataSource) && !isBound(dataSource))
                .findAny()
                .ifPresent(unbound -> {
                    throw new IllegalStateException("Row security came too late to bind a data source of "
                            + unbound.getClass().getName()
                            + ": declare it with @Bean, and let no BeanPostProcessor depend on it");
                });
    }

    /** Those that are no candidates for injection as well. */
    static Stream<DataSource> all(ListableBeanFactory beans) {
        return BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, DataSource.class, false, true).values().stream();
    }

    private static boolean isBound(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(BindingDataSource.class);
        } catch (SQLException e) {
            return false;
        }
    }
}
