package dev.latchkey.rowsecurity.doctor;

import java.util.List;

/**
 * A violation to plant.
 *
 * @param name what is wrong, in words
 * @param sql plants it, run by a superuser
 * @param findings what the doctor has to say, and nothing else: {@code code object}
 */
record Plant(String name, String sql, List<String> findings) {

    static Plant plant(String name, String sql, String... findings) {
        return new Plant(name, sql, List.of(findings));
    }

    @Override
    public String toString() {
        return name;
    }
}
