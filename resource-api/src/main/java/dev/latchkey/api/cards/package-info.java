/** {@code /v1/cards}: what is to be learnt from an annotation, and when it is due. */
@NullMarked
package dev.latchkey.api.cards;

import org.jspecify.annotations.NullMarked;
