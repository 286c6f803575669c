/**
 * What the API is compared with: works and `/v1/me`, as one writes them with Spring Boot's defaults, without row security. Must not know
 * anything of Latchkey.
 */
@NullMarked
package dev.latchkey.load.plain;

import org.jspecify.annotations.NullMarked;
