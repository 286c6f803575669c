/**
 * The command line: {@code java -jar row-security-cli.jar}. One class is one subcommand, which asks for its arguments and prints; what it does
 * stands in the package of the feature. Nothing of Spring's application context is used here.
 */
@NullMarked
package dev.latchkey.rowsecurity.cli;

import org.jspecify.annotations.NullMarked;
