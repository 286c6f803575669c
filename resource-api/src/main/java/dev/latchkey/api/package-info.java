/** The program and nothing else: each feature has its own package below. */
@NullMarked
package dev.latchkey.api;

import org.jspecify.annotations.NullMarked;
