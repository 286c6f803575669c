/**
 * {@code POST /v1/writes/batch}: operations on any tables, in one transaction and once only. Knows tables by their names; how rows are
 * read, checked and written is theirs.
 */
@NullMarked
package dev.latchkey.api.writes;

import org.jspecify.annotations.NullMarked;
