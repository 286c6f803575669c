/**
 * What a token's {@code tier} and {@code permissions} allow: features that need an entitlement say so with {@link
 * dev.latchkey.api.entitlement.Requires}, what is counted asks {@link dev.latchkey.api.entitlement.Quotas}. The only package that interprets
 * these claims; it asks nobody else and knows no feature.
 */
@NullMarked
package dev.latchkey.api.entitlement;

import org.jspecify.annotations.NullMarked;
