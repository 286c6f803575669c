package dev.latchkey.rowsecurity.binding.session;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What SQL text by itself says about its trace; for whatever it calls see {@link Catalogue}. */
final class SqlTrace {

    /** Statements that leave nothing by themselves: what they call decides. */
    private static final Set<String> HARMLESS = Set.of(
            "select",
            "with",
            "values",
            "table",
            "insert",
            "update",
            "delete",
            "merge",
            "declare",
            "fetch",
            "move",
            "close",
            "show",
            "lock",
            "explain",
            "notify",
            "unlisten",
            "call",
            "do",
            "");

    private static final Set<String> SHOWN_BY_FIRST_WORD = Set.of("set", "reset", "listen", "prepare", "load");

    private static final Pattern FIRST_WORD = Pattern.compile("^[a-z_]*");
    private static final Pattern UNTIL_COMMIT = Pattern.compile("^set (?:local|transaction|constraints)\\b.*");

    private static final Pattern VISIBLE_ANYWHERE =
            // An update of the view pg_settings is a SET.
            Pattern.compile("\\bpg_(?:try_)?advisory_lock\\w*|\\bpg_temp\\w*|\\bpg_settings\\b|\\bwith hold\\b"
                    + "|\\bcreate (?:or replace )?(?:(?:global|local) )?temp(?:orary)?\\b"
                    + "|(?<!\\binsert )(?<!\\bmerge )\\binto (?:(?:global|local) )?temp(?:orary)?\\b");

    /** The random seed and connections to elsewhere stand in no catalog; the others run SQL that is given as a value. */
    private static final Pattern HIDDEN_ANYWHERE = Pattern.compile(
            "\\b(?:setseed|dblink_connect\\w*|query_to_xml\\w*|cursor_to_xml\\w*|ts_stat|ts_rewrite)\\b");

    private static final Pattern EXECUTE = Pattern.compile("\\bexecute\\b");
    private static final Pattern SET_CONFIG = Pattern.compile("\\bset_config\\b");

    private SqlTrace() {}

    /** The trace of what an application sends. */
    static Trace ofStatements(SqlText text) {
        return anywhere(text.code())
                .or(text.statements().map(SqlTrace::ofStatement).reduce(Trace.NONE, Trace::or))
                .or(ofInner(text));
    }

    /** The trace of what a function in SQL or PL/pgSQL, a DO block, a view or an expression does. */
    static Trace ofBody(SqlText text) {
        Trace trace = anywhere(text.code())
                .or(text.statementsOfBody().map(SqlTrace::ofStatementOfBody).reduce(Trace.NONE, Trace::or));
        if (EXECUTE.matcher(text.code()).find()) {
            trace = trace.or(Trace.VISIBLE);
        }
        return trace.or(ofInner(text));
    }

    private static Trace ofInner(SqlText text) {
        return text.inner().stream().map(SqlTrace::ofBody).reduce(Trace.NONE, Trace::or);
    }

    private static Trace ofStatementOfBody(String statement) {
        return SHOWN_BY_FIRST_WORD.contains(firstWord(statement)) ? ofStatement(statement) : Trace.NONE;
    }

    private static Trace ofStatement(String statement) {
        String word = firstWord(statement);
        if (word.equals("set") || word.equals("reset")) {
            return UNTIL_COMMIT.matcher(statement).matches() ? Trace.NONE : Trace.HIDDEN;
        }
        if (word.equals("load")) {
            return Trace.HIDDEN;
        }
        return HARMLESS.contains(word) ? Trace.NONE : Trace.VISIBLE;
    }

    private static Trace anywhere(String code) {
        if (HIDDEN_ANYWHERE.matcher(code).find()) {
            return Trace.HIDDEN;
        }
        Matcher call = SET_CONFIG.matcher(code);
        while (call.find()) {
            if (!lastArgument(code, call.end()).equals("true")) {
                return Trace.HIDDEN;
            }
        }
        return VISIBLE_ANYWHERE.matcher(code).find() ? Trace.VISIBLE : Trace.NONE;
    }

    /** Whether {@code set_config} is for the transaction only is its third argument. */
    private static String lastArgument(String code, int from) {
        int depth = 0;
        int begin = from;
        for (int i = from; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ',' && depth == 1) {
                begin = i + 1;
            } else if (c == ')' && --depth == 0) {
                return code.substring(begin, i).strip();
            }
        }
        return "";
    }

    private static String firstWord(String statement) {
        Matcher word = FIRST_WORD.matcher(statement);
        return word.find() ? word.group() : "";
    }
}
