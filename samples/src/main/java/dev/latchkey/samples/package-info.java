/**
 * How a native application signs a person in and stays signed in (RFC 8252, RFC 8628). To be read and copied from; nothing else in this
 * project depends on it, and it knows no more of Latchkey than an issuer, a client id and the address of the API.
 */
@NullMarked
package dev.latchkey.samples;

import org.jspecify.annotations.NullMarked;
