package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import dev.latchkey.rowsecurity.binding.BindingOptions;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Puts the binder in the place of every data source bean, so that nothing gets at an unbound one. */
final class DataSourceBinder implements BeanPostProcessor {

    private final ObjectProvider<OwnerScope> scope;
    private final ObjectProvider<BindingOptions> options;
    private final InMemoryDatabases inMemory;

    DataSourceBinder(
            ObjectProvider<OwnerScope> scope, ObjectProvider<BindingOptions> options, InMemoryDatabases inMemory) {
        this.scope = scope;
        this.options = options;
        this.inMemory = inMemory;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof DataSource pool
                        && !(bean instanceof BindingDataSource)
                        && !inMemory.recognize(pool, beanName)
                ? new BindingDataSource(pool, scope.getObject(), options.getObject())
                : bean;
    }
}
