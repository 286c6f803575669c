/** The HTTP shell around every feature: filter chain, CORS, security headers, request ids, body limit. No endpoint lives here. */
@NullMarked
package dev.latchkey.api.web;

import org.jspecify.annotations.NullMarked;
