package dev.latchkey.rowsecurity.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application may set; no property switches a protection off.
 *
 * @param readOnlyInOneRoundTrip whether a read-only transaction of one statement takes one round trip
 */
@ConfigurationProperties("latchkey.row-security")
record RowSecurityProperties(@DefaultValue("true") boolean readOnlyInOneRoundTrip) {}
