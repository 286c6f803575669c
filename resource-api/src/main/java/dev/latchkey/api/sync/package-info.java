/** Live data. The service that delivers it, and what may be asked of it, do not belong here. */
@NullMarked
package dev.latchkey.api.sync;

import org.jspecify.annotations.NullMarked;
