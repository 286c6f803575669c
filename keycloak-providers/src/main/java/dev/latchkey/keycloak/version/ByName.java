package dev.latchkey.keycloak.version;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A public method or constructor of Keycloak's with one name and meaning in all versions, but with types that differ. The JVM links by types,
 * and so would find it only in the version that the jar was compiled for. Belongs into a constant: what is missing shows when the class
 * is loaded, not in the middle of somebody's sign-in.
 */
public final class ByName {

    private final MethodHandle handle;

    private ByName(MethodHandle handle) {
        this.handle = handle;
    }

    /**
     * Finds a method.
     *
     * @param name of a public one without overloads
     */
    public static ByName method(Class<?> type, String name) {
        Stream<Method> named =
                Stream.of(type.getMethods()).filter(method -> method.getName().equals(name) && !method.isBridge());
        try {
            return new ByName(MethodHandles.publicLookup().unreflect(only(named, type, name)));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Finds the one public constructor. */
    public static ByName constructor(Class<?> type) {
        try {
            return new ByName(MethodHandles.publicLookup()
                    .unreflectConstructor(only(Stream.of(type.getConstructors()), type, "<init>")));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Whether this Keycloak has such a method. */
    public static boolean has(Class<?> type, String name) {
        return Stream.of(type.getMethods()).anyMatch(method -> method.getName().equals(name));
    }

    /**
     * Calls a method.
     *
     * @param arguments the object whose method it is, then the method's
     */
    public @Nullable Object call(Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls a constructor. */
    public Object make(Object... arguments) {
        return Objects.requireNonNull(call(arguments));
    }

    private static <T> T only(Stream<T> found, Class<?> type, String name) {
        return found.reduce((one, other) -> {
                    throw new IllegalArgumentException("more than one " + name + " in " + type);
                })
                .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + type));
    }
}
