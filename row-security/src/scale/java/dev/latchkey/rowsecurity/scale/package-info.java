/** {@code mvn -Pscale}: that plans and times stay what they are when tables and owners are large. Nothing here ships. */
package dev.latchkey.rowsecurity.scale;
