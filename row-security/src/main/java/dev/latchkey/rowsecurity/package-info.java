/** Binds an owner to every transaction so that Postgres decides which rows exist. Knows no identity provider and no table. */
@NullMarked
package dev.latchkey.rowsecurity;

import org.jspecify.annotations.NullMarked;
