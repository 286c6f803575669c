/**
 * What leaves the process about its work: log, traces and metrics, and what never stands in them: messages of exceptions, which quote
 * values, and addresses of requests. Knows no feature.
 */
@NullMarked
package dev.latchkey.api.observability;

import org.jspecify.annotations.NullMarked;
