package dev.latchkey.api.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Values that are not meant: as JSON text, as parts of an address, as headers. Texts have a mark that no refusal may repeat. */
final class Hostile {

    static final String MARK = "cnry7";

    private static final List<String> TIMES = List.of(
            "2026-02-30T10:00:00Z",
            "2026-01-01T25:61:00Z",
            "2026-06-30T23:59:60Z",
            "2026-01-01T00:00:00+25:00",
            "2026-01-01T00:00:00.1234567891Z",
            "+1000000000-12-31T23:59:59.999999999Z",
            "-1000000000-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "+294277-01-01T00:00:00Z",
            "-4713-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "9999-12-31T23:59:59-18:00",
            "0000-01-01T00:00:00+18:00",
            "infinity",
            "now",
            "٢٠٢٦-01-01T00:00:00Z");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            MARK + "'; drop table works; --",
            MARK + "' or '1'='1",
            MARK + "\\\\' or row.id is not null or ''='",
            MARK + "%_!%%",
            MARK + "${jndi:ldap://localhost/x}#{7*7}",
            MARK + "../../../../etc/passwd",
            MARK + "<script>alert(1)</script>",
            MARK + "\\u202e\\u2028\\ufeff\\uffff",
            MARK + "\\ud83d\\ude00\\udbff\\udfff",
            MARK + "\\u0000",
            MARK + "\\ud800",
            "\\udc00" + MARK,
            MARK + "\\u001b[31m\\r\\nSet-Cookie: a=b",
            "٣٤",
            "x".repeat(130),
            "x".repeat(600),
            "x".repeat(25_000),
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0B9F6AD4-2C84-4B1C-9A52-2F3F0E3A6C11",
            "{0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11}",
            "0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c1",
            "٠b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11",
            "A".repeat(64),
            "a".repeat(63),
            "٣".repeat(64));

    private Hostile() {}

    /** As JSON text, well-formed or not. */
    static List<String> json() {
        List<String> values = new ArrayList<>(List.of(
                "null",
                "true",
                "0",
                "-0",
                "-1",
                "1.5",
                "1e3",
                "1e400",
                "-1e2000000000",
                "1e-2000000000",
                "0.1e-2147483649",
                "2147483648",
                "9223372036854775808",
                "-9223372036854775809",
                "9".repeat(400),
                "9".repeat(1001),
                "0." + "1".repeat(900),
                "NaN",
                "-Infinity",
                "0x10",
                "01",
                "+1",
                ".5",
                "'x'",
                "undefined",
                "",
                "\"\n\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"unterminated",
                "\"\u00ed\u00a0\u0080\"",
                "\"\u00c0\u00af\"",
                "[]",
                "{}",
                "[null]",
                "[{}]",
                "[[[]]]",
                "[1,]",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,}",
                "{\"\":1}",
                "{\"\\u0000\":1}",
                "{\"\\ud800\":1}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":1e999}",
                "{\"a\":0e-1500}",
                "{\"a\":0e20000}",
                "{\"@class\":\"java.lang.Runtime\",\"@type\":\"x\",\"$ref\":\"#\"}",
                "{\"__proto__\":{\"a\":1},\"constructor\":{}}",
                "[" + "1,".repeat(3000) + "1]",
                "{\"a\":\"" + "x".repeat(70_000) + "\"}",
                "[".repeat(60) + "]".repeat(60),
                "[".repeat(70) + "]".repeat(70),
                "{\"a\":".repeat(62) + "1" + "}".repeat(62),
                "{\"a\":".repeat(900) + "1" + "}".repeat(900),
                "[".repeat(50_000)));
        Stream.concat(TEXTS.stream(), TIMES.stream())
                .map(text -> '"' + text + '"')
                .forEach(values::add);
        return values;
    }

    /** As they stand in an address: what is not ASCII is encoded, or broken on purpose. */
    static List<String> inAddress() {
        List<String> values = new ArrayList<>(List.of(
                "",
                "+",
                "%20",
                "%00",
                MARK + "%00",
                "%0d%0aSet-Cookie:a=b",
                "%ff",
                "%c0%af",
                "%ed%a0%80",
                "%",
                "%zz",
                "%u0041",
                "-1",
                "0",
                "1.5",
                "1e1",
                "101",
                "2147483648",
                "99999999999999999999",
                "%D9%A3",
                "NaN",
                "null",
                "true",
                "TRUE",
                "1%2C2",
                MARK + "'%20or%20'1'='1",
                MARK + "%27;%20drop%20table%20works--",
                MARK + "%25_%21%5C",
                "..%2f..%2fetc%2fpasswd",
                "%2e%2e",
                "..",
                ".",
                "x;jsessionid=1",
                "x%3Bjsessionid=1",
                "$%7Bjndi:ldap://localhost/x%7D",
                "a".repeat(201),
                "a".repeat(5000),
                "00000000-0000-0000-0000-000000000000",
                "0B9F6AD4-2C84-4B1C-9A52-2F3F0E3A6C11",
                "AAAAAAAAAAAAAAAAAAAAAA==",
                "MjAyNi0wMS0wMVQwMDowMDowMFo",
                "A".repeat(64),
                "%D9%A3".repeat(64)));
        TIMES.stream()
                .map(time -> java.net.URLEncoder.encode(time, java.nio.charset.StandardCharsets.UTF_8))
                .forEach(values::add);
        return values;
    }

    static List<String> inHeader() {
        return List.of(
                "",
                " ",
                "*",
                "\"\"",
                "\"0\"",
                "W/\"0\"",
                "\"0\", \"1\"",
                "\"-1\"",
                "\"99999999999999999999\"",
                "\"0",
                "0",
                "\"\u00e9\"",
                "\u00ff\u00fe",
                MARK + "\u0001",
                MARK + "\t" + MARK,
                MARK + " ' or 1=1",
                "x".repeat(129),
                "x".repeat(3000),
                "\"1\",".repeat(500),
                "00-00000000000000000000000000000000-0000000000000000-00",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "../../x",
                "server");
    }
}
