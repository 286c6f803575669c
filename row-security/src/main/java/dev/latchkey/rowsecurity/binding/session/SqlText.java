package dev.latchkey.rowsecurity.binding.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * SQL taken apart as far as it takes to judge it.
 *
 * @param code in lower case, without comments and identifiers' quotes, each string replaced by {@link #STRING}, each identifier that is
 *     no plain name by {@code _}, each with Unicode escapes by {@link #ESCAPED_NAME}, white space by one blank
 * @param strings the contents of its strings, dollar-quoted ones too
 */
public record SqlText(String code, List<String> strings) {

    /** What stands in the code for a string; nothing else looks like it. */
    public static final String STRING = "''";

    /** What stands in the code for a name such as {@code U&"d\0061ta"}. */
    public static final String ESCAPED_NAME = "u&\"\"";

    private static final Pattern STRINGS_ARE_RUN =
            Pattern.compile("(?:^|;) ?do\\b|\\bexecute\\b|\\bcreate (?:or replace )?(?:function|procedure)\\b");
    private static final Pattern STATEMENTS = Pattern.compile(";");

    /** Where a statement begins in a body of PL/pgSQL. */
    private static final Pattern STATEMENTS_OF_BODY = Pattern.compile(";|>>|\\b(?:begin|then|else|loop)\\b");

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$.]*");
    static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
    private static final Pattern VALUE = Pattern.compile("\\b\\d+\\b|''");

    /** Not true and false: whether set_config is local is one of them. */
    private static final Pattern VALUES = Pattern.compile("\\?(?: ?, ?\\?)+");

    private static final Pattern ROWS = Pattern.compile("\\(\\?\\)(?: ?, ?\\(\\?\\))+");

    /** Lexical structure as in the PostgreSQL manual, §4.1, with {@code standard_conforming_strings} on. */
    public static SqlText of(String sql) {
        return new Scanner(sql).text();
    }

    /** The code of each statement. */
    public Stream<String> statements() {
        return STATEMENTS.splitAsStream(code).map(String::strip);
    }

    /** The code of each statement, if this is the body of a function or of a DO block. */
    public Stream<String> statementsOfBody() {
        return STATEMENTS_OF_BODY.splitAsStream(code).map(String::strip);
    }

    /** Strings that are SQL themselves: the body of a DO block or a function, what such a body executes. */
    public List<SqlText> inner() {
        return STRINGS_ARE_RUN.matcher(code).find()
                ? strings.stream().map(SqlText::of).toList()
                : List.of();
    }

    /** The names that are mentioned, and the keywords with them. */
    Set<String> words() {
        Set<String> words = new HashSet<>();
        Matcher matcher = WORD.matcher(code);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        inner().forEach(text -> words.addAll(text.words()));
        return words;
    }

    /** What statements have in common that differ in their values only. */
    String shape() {
        String lists = VALUES.matcher(VALUE.matcher(code).replaceAll("?")).replaceAll("?");
        String withoutValues = ROWS.matcher(lists).replaceAll("(?)");
        return inner().isEmpty() ? withoutValues : withoutValues + strings;
    }

    private static final class Scanner {

        private final String sql;
        private final StringBuilder code;
        private final List<String> strings = new ArrayList<>(2);
        private int at;

        Scanner(String sql) {
            this.sql = sql;
            this.code = new StringBuilder(sql.length());
        }

        SqlText text() {
            while (at < sql.length()) {
                char c = sql.charAt(at);
                if (sql.startsWith("--", at)) {
                    skipLine();
                    blank();
                } else if (sql.startsWith("/*", at)) {
                    skipComment();
                    blank();
                } else if (c == '\'') {
                    string();
                } else if (c == '$' && !isPartOfName(at - 1)) {
                    dollar();
                } else if (c == '"') {
                    name();
                } else if (Character.isWhitespace(c)) {
                    blank();
                    at++;
                } else {
                    code.append(c);
                    at++;
                }
            }
            return new SqlText(code.toString().strip().toLowerCase(Locale.ROOT), strings);
        }

        private void blank() {
            if (code.length() > 0 && code.charAt(code.length() - 1) != ' ') {
                code.append(' ');
            }
        }

        /** Postgres ends a line at a carriage return as well. */
        private void skipLine() {
            while (at < sql.length() && "\r\n".indexOf(sql.charAt(at)) < 0) {
                at++;
            }
        }

        private void skipComment() {
            int depth = 0;
            do {
                if (sql.startsWith("/*", at)) {
                    depth++;
                    at += 2;
                } else if (sql.startsWith("*/", at)) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0 && at < sql.length());
        }

        private void name() {
            boolean escapes = at > 1 && sql.regionMatches(true, at - 2, "u&", 0, 2) && !isPartOfName(at - 3);
            int end = at + 1;
            while (end < sql.length() && (sql.charAt(end) != '"' || sql.startsWith("\"\"", end))) {
                end += sql.charAt(end) == '"' ? 2 : 1;
            }
            String name = sql.substring(at + 1, Math.min(end, sql.length()));
            at = end + 1;
            if (escapes) {
                code.append("\"\"");
                return;
            }
            blank();
            code.append(PLAIN_NAME.matcher(name).matches() ? name : "_").append(' ');
        }

        private void string() {
            boolean escapes = at > 0 && "eE".indexOf(sql.charAt(at - 1)) >= 0 && !isPartOfName(at - 2);
            StringBuilder content = new StringBuilder();
            for (at++; at < sql.length(); at++) {
                char c = sql.charAt(at);
                if (c == '\'' && sql.startsWith("''", at)) {
                    at++;
                } else if (c == '\'') {
                    break;
                } else if (c == '\\' && escapes) {
                    at++;
                }
                if (at < sql.length()) {
                    content.append(sql.charAt(at));
                }
            }
            at++;
            put(content.toString());
        }

        private void dollar() {
            int tagEnd = at + 1;
            while (isPartOfName(tagEnd) && sql.charAt(tagEnd) != '$') {
                tagEnd++;
            }
            boolean isTag =
                    tagEnd < sql.length() && sql.charAt(tagEnd) == '$' && !Character.isDigit(sql.charAt(at + 1));
            if (!isTag) {
                code.append('$');
                at++;
                return;
            }
            String tag = sql.substring(at, tagEnd + 1);
            int end = sql.indexOf(tag, tagEnd + 1);
            put(sql.substring(tagEnd + 1, end < 0 ? sql.length() : end));
            at = endOf(tag, tagEnd + 1);
        }

        private void put(String content) {
            strings.add(content);
            code.append(STRING);
        }

        private int endOf(String mark, int from) {
            int found = sql.indexOf(mark, from);
            return found < 0 ? sql.length() : found + mark.length();
        }

        private boolean isPartOfName(int index) {
            return index >= 0
                    && index < sql.length()
                    && (Character.isLetterOrDigit(sql.charAt(index)) || "_$".indexOf(sql.charAt(index)) >= 0);
        }
    }
}
