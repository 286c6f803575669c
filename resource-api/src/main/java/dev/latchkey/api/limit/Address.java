package dev.latchkey.api.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom an address stands for. Of IPv6 the first 64 bits: a household or a machine has all of the rest (RFC 6177 §2). */
final class Address {

    private static final int PREFIX_BYTES = 8;

    private Address() {}

    static String of(HttpServletRequest request) {
        String text = request.getRemoteAddr();
        if (text.indexOf(':') < 0) {
            return text;
        }
        try {
            // A literal: no name is looked up.
            return InetAddress.getByName(text) instanceof Inet6Address address
                    ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), PREFIX_BYTES))
                    : text;
        } catch (UnknownHostException e) {
            return text;
        }
    }
}
