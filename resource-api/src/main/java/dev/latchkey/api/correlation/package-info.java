/**
 * What names a request, its trace, session and device: for its answer, for every line of the log, for calls to other services and for the
 * audit. Nothing here says who somebody is, or decides anything: callers write these headers. Knows no feature.
 */
@NullMarked
package dev.latchkey.api.correlation;

import org.jspecify.annotations.NullMarked;
