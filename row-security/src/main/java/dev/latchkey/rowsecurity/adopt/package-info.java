/**
 * Adopt: brings an existing schema under row security, step by step and online, and back. What is in the way ({@code obstacle/}) and what is
 * done ({@code step/}) are queries on the catalogue in this package's resources. What a protected table is, is {@code app.protect}'s to say.
 */
@NullMarked
package dev.latchkey.rowsecurity.adopt;

import org.jspecify.annotations.NullMarked;
