/**
 * What is kept no longer than it is to be kept, once a day and when an operator asks. Every rule stands in the functions of the database's
 * schema {@code maintenance}; no owner's rows can be read here.
 */
@NullMarked
package dev.latchkey.api.retention;

import org.jspecify.annotations.NullMarked;
