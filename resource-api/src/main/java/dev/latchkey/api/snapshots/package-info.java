/**
 * {@code /v1/snapshots}: all that an owner has, as an archive that can be kept elsewhere and brought back. Knows tables only as beans, so
 * that every table is in it; no table and no other feature knows of it. Other owners' records are never read: whose turn it is, a shared
 * table tells, and whose an archive is, its name.
 */
@NullMarked
package dev.latchkey.api.snapshots;

import org.jspecify.annotations.NullMarked;
