package dev.latchkey.api.entitlement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A handler that only those may use who have the entitlement; others get 403 {@code entitlement_required}, before their request is looked
 * at. On a class it is said of all its handlers; a method's own counts instead.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requires {

    Entitlement value();
}
