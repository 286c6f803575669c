package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.UnboundException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * SQL that an application may not send as text: it would end the transaction, or change the binding, behind the binder's back.
 * This catches mistakes. It is no defence against injected SQL, which has many more ways to write the same.
 */
final class ReservedSql {

    private static final Set<String> TRANSACTION_CONTROL =
            Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release");
    private static final Pattern PREPARED_TRANSACTION = Pattern.compile("transaction\\b.*", Pattern.DOTALL);
    private static final Pattern IDENTITY = Pattern.compile(
            "((session|local) )?(app ?\\.|role\\b|session authorization\\b|all\\b|u&).*", Pattern.DOTALL);
    /** Any call whose first argument is not plainly the name of another setting. */
    private static final Pattern SET_CONFIG = Pattern.compile(
            "\\bset_config\\b(?!\"?\\s*\\(\\s*'(?!\\s*app\\s*\\.)[^']*'\\s*,)", Pattern.CASE_INSENSITIVE);

    /** What was found harmless, so that a statement is parsed once; as bounded as what is put in. */
    private static final Set<String> ADMITTED = ConcurrentHashMap.newKeySet();

    private static final int ADMITTED_STATEMENTS = 2_048;
    private static final int ADMITTED_LENGTH = 8_192;

    private ReservedSql() {}

    static void refuse(String sql, boolean standardConformingStrings) throws SQLException {
        if (standardConformingStrings && ADMITTED.contains(sql)) {
            return;
        }
        for (NativeQuery query : Parser.parseJdbcSql(sql, standardConformingStrings, true, true, false, false)) {
            refuseOne(query.nativeSql);
        }
        if (SET_CONFIG.matcher(sql).find()) {
            throw settings();
        }
        if (ADMITTED.size() >= ADMITTED_STATEMENTS) {
            ADMITTED.clear();
        }
        if (standardConformingStrings && sql.length() <= ADMITTED_LENGTH) {
            ADMITTED.add(sql);
        }
    }

    private static void refuseOne(String sql) {
        String bare = withoutComments(sql).replace("\"", "").strip().toLowerCase(Locale.ROOT);
        String[] words = bare.split("\\s+", 2);
        String rest = words.length < 2 ? "" : words[1].replaceAll("\\s+", " ");
        switch (words[0]) {
            case "prepare" -> {
                if (PREPARED_TRANSACTION.matcher(rest).matches()) {
                    throw transactionControl();
                }
            }
            case "set", "reset" -> {
                if (IDENTITY.matcher(rest).matches()) {
                    throw settings();
                }
            }
            case "discard" -> throw settings();
            default -> {
                if (TRANSACTION_CONTROL.contains(words[0])) {
                    throw transactionControl();
                }
            }
        }
    }

    /** Comments count as white space; they nest (PostgreSQL manual §4.1.5). */
    private static String withoutComments(String sql) {
        StringBuilder kept = new StringBuilder(sql.length());
        int depth = 0;
        for (int i = 0; i < sql.length(); i++) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (depth > 0 && sql.startsWith("*/", i)) {
                depth--;
                i++;
                kept.append(' ');
            } else if (depth == 0 && sql.startsWith("--", i)) {
                int end = sql.indexOf('\n', i);
                i = end < 0 ? sql.length() : end;
                kept.append(' ');
            } else if (depth == 0) {
                kept.append(sql.charAt(i));
            }
        }
        return kept.toString();
    }

    private static UnboundException transactionControl() {
        return new UnboundException(
                "Transactions are not controlled by SQL text, which would leave later statements unbound: use"
                        + " @Transactional, a TransactionTemplate or the methods of java.sql.Connection");
    }

    private static OwnerChangedException settings() {
        return new OwnerChangedException(
                "The binding and the role are not set by SQL text: use OwnerScope.runAs or unowned");
    }
}
