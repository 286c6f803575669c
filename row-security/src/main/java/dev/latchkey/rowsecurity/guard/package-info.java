/**
 * The guard: what Hibernate needs beside the binder, so that mistakes are named before SQL is sent and nothing that Hibernate keeps
 * in memory reaches another owner. Binding itself does not belong here.
 */
@NullMarked
package dev.latchkey.rowsecurity.guard;

import org.jspecify.annotations.NullMarked;
