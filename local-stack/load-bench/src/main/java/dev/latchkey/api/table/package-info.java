/**
 * Classes that stand before those of the API of the same names, for the program that is the API without row security: there every query
 * names the owner. Must differ from the API's in nothing else.
 */
@NullMarked
package dev.latchkey.api.table;

import org.jspecify.annotations.NullMarked;
