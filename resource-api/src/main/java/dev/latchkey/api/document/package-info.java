/** JSON documents that clients send: strict parsing, limits, merge patch, preconditions. Knows no table. */
@NullMarked
package dev.latchkey.api.document;

import org.jspecify.annotations.NullMarked;
