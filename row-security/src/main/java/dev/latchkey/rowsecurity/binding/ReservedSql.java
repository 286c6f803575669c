package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.binding.session.KnownTexts;
import dev.latchkey.rowsecurity.binding.session.SqlText;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * SQL that an application may not send as text: it would end the transaction, or change the binding, behind the binder's back.
 * This catches mistakes. It is no defence against injected SQL, which has many more ways to write the same.
 */
final class ReservedSql {

    private static final Set<String> TRANSACTION_CONTROL =
            Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release");
    private static final Pattern PREPARED_TRANSACTION = Pattern.compile("prepare transaction\\b.*", Pattern.DOTALL);

    /** Also a setting whose name is not in the text, as where a string is put together. */
    private static final Pattern IDENTITY = Pattern.compile(
            "discard\\b.*|(?:re)?set(?: session| local)? ?(?:app ?\\.|role\\b|session authorization\\b|all\\b|%|$).*",
            Pattern.DOTALL);

    private static final Pattern SET_CONFIG = Pattern.compile("\\bset_config ?\\( ?");
    private static final Pattern OWN_SETTING =
            Pattern.compile("\\s*app\\s*\\..*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FIRST_WORD = Pattern.compile("^[a-z_]+");

    /** What was found harmless. */
    private static final KnownTexts<Boolean> ADMITTED = new KnownTexts<>(2_048);

    private ReservedSql() {}

    static void refuse(String sql, boolean standardConformingStrings) throws SQLException {
        if (standardConformingStrings && ADMITTED.get(sql) != null) {
            return;
        }
        for (NativeQuery query : Parser.parseJdbcSql(sql, standardConformingStrings, true, true, false, false)) {
            SqlText text = SqlText.of(query.nativeSql);
            refuseTransactionControl(text.code());
            refuseSettings(text, text.statements());
        }
        if (standardConformingStrings) {
            ADMITTED.put(sql, true);
        }
    }

    private static void refuseTransactionControl(String statement) {
        Matcher word = FIRST_WORD.matcher(statement);
        if ((word.find() && TRANSACTION_CONTROL.contains(word.group()))
                || PREPARED_TRANSACTION.matcher(statement).matches()) {
            throw new UnboundException(
                    "Transactions are not controlled by SQL text, which would leave later statements unbound: use"
                            + " @Transactional, a TransactionTemplate or the methods of java.sql.Connection");
        }
    }

    private static void refuseSettings(SqlText text, Stream<String> statements) {
        if (text.code().contains(SqlText.ESCAPED_NAME)
                || statements.anyMatch(statement -> IDENTITY.matcher(statement).matches())
                || callsSetConfig(text)) {
            throw new OwnerChangedException(
                    "The binding and the role are not set by SQL text: use OwnerScope.runAs or unowned");
        }
        text.inner().forEach(body -> refuseSettings(body, body.statementsOfBody()));
    }

    /** With a first argument that is not plainly the name of another setting. */
    private static boolean callsSetConfig(SqlText text) {
        String code = text.code();
        Matcher call = SET_CONFIG.matcher(code);
        while (call.find()) {
            boolean plain = code.startsWith(SqlText.STRING, call.end())
                    && code.startsWith(",", endOfBlank(code, call.end() + SqlText.STRING.length()));
            if (!plain
                    || OWN_SETTING
                            .matcher(text.strings().get(stringsBefore(code, call.end())))
                            .matches()) {
                return true;
            }
        }
        return false;
    }

    private static int endOfBlank(String code, int at) {
        return code.startsWith(" ", at) ? at + 1 : at;
    }

    private static int stringsBefore(String code, int end) {
        int count = 0;
        for (int at = code.indexOf(SqlText.STRING);
                at >= 0 && at < end;
                at = code.indexOf(SqlText.STRING, at + SqlText.STRING.length())) {
            count++;
        }
        return count;
    }
}
