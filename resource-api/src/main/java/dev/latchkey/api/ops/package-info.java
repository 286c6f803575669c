/**
 * {@code /internal}: what operators ask of a running API. Off unless switched on, and then for people with the permission {@code ops}. What
 * a feature needs done from here it brings itself, as a controller below {@code /internal/ops}; nothing here touches an owner's rows.
 */
@NullMarked
package dev.latchkey.api.ops;

import org.jspecify.annotations.NullMarked;
