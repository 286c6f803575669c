package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.binding.session.KnownTexts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postgresql.core.Parser;

/**
 * A query that gives the same in a READ COMMITTED transaction of its own as within a longer one: a single SELECT, VALUES or TABLE that
 * takes no lock, does not name the transaction's time and calls only functions known to leave nothing behind. Whatever is not
 * recognized is not one: that costs a round trip and nothing else.
 */
final class LoneQuery {

    private static final Set<String> BEGINNINGS = Set.of("select", "with", "values", "table");

    /** {@code for}: a row lock. The others write, or read the time at which the transaction began. */
    private static final Set<String> REFUSED = words("""
            for into insert update delete merge
            current_date current_time current_timestamp localtime localtimestamp
            """);

    private static final Set<String> BEFORE_PARENTHESIS = words("""
            select from join where and or not on as by having union except intersect all distinct only in any some exists values
            limit offset using case when then else between like ilike similar is lateral over filter group within sets rollup cube
            materialized array row interval with
            char character varchar varying numeric decimal bit time timestamp
            count sum avg min max bool_and bool_or every stddev variance array_agg string_agg json_agg jsonb_agg
            json_object_agg jsonb_object_agg percentile_cont percentile_disc mode grouping
            row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
            coalesce nullif greatest least cast
            lower upper initcap length char_length character_length octet_length bit_length trim btrim ltrim rtrim lpad rpad
            substring substr position strpos overlay replace translate concat concat_ws left right repeat reverse split_part
            starts_with format quote_literal quote_ident ascii chr md5 sha256 encode decode regexp_replace regexp_matches
            regexp_match string_to_array array_to_string normalize
            abs ceil ceiling floor round trunc mod power sqrt cbrt exp ln log sign div gcd lcm width_bucket random
            extract date_part date_trunc date_bin to_char to_date to_timestamp to_number make_date make_timestamp make_interval
            array_length array_position array_append array_cat array_remove array_upper array_lower cardinality unnest
            generate_series generate_subscripts
            to_json to_jsonb json_build_object jsonb_build_object json_build_array jsonb_build_array jsonb_array_elements
            jsonb_array_elements_text jsonb_array_length jsonb_each jsonb_each_text jsonb_object_keys jsonb_extract_path
            jsonb_extract_path_text jsonb_path_query jsonb_path_exists jsonb_set jsonb_strip_nulls jsonb_typeof row_to_json
            to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_rank ts_rank_cd ts_headline
            setweight similarity
            """);

    private static final String QUALIFIED = "a.b";

    private static final KnownTexts<Boolean> VERDICTS = new KnownTexts<>(2_048);

    private LoneQuery() {}

    private static Set<String> words(String text) {
        return Set.copyOf(List.of(text.strip().split("\\s+")));
    }

    static boolean is(String sql) {
        Boolean known = VERDICTS.get(sql);
        if (known != null) {
            return known;
        }
        boolean verdict = read(sql.toCharArray());
        VERDICTS.put(sql, verdict);
        return verdict;
    }

    private static boolean read(char[] sql) {
        // What a parenthesis would follow: a word, or the last character of something else.
        String before = "";
        for (int i = 0; i < sql.length; i++) {
            char c = sql[i];
            int end = Character.isWhitespace(c) ? i : endOfComment(sql, i);
            if (end > i || Character.isWhitespace(c)) {
                i = end;
            } else if (c == ';' || c == '$') {
                return false;
            } else if (Parser.isIdentifierStartChar(c)) {
                int start = i;
                while (i + 1 < sql.length && Parser.isIdentifierContChar(sql[i + 1])) {
                    i++;
                }
                String word = new String(sql, start, i + 1 - start).toLowerCase(Locale.ROOT);
                if (before.isEmpty() && !BEGINNINGS.contains(word)) {
                    return false;
                }
                // A qualified name may be a column of that name, or anybody's function.
                boolean qualified = before.equals(".");
                if (!qualified && REFUSED.contains(word)) {
                    return false;
                }
                before = qualified ? QUALIFIED : word;
            } else {
                if (before.isEmpty() || (c == '(' && isCall(before))) {
                    return false;
                }
                before = String.valueOf(c);
                i = endOfQuoted(sql, i);
            }
        }
        return !before.isEmpty();
    }

    private static boolean isCall(String before) {
        char last = before.charAt(before.length() - 1);
        return (last == '"' || Parser.isIdentifierContChar(last)) && !BEFORE_PARENTHESIS.contains(before);
    }

    private static int endOfComment(char[] sql, int i) {
        return switch (sql[i]) {
            case '-' -> Parser.parseLineComment(sql, i);
            case '/' -> Parser.parseBlockComment(sql, i);
            default -> i;
        };
    }

    /** With standard conforming strings: with others, no query is taken for a lone one. */
    private static int endOfQuoted(char[] sql, int i) {
        return switch (sql[i]) {
            case '\'' -> Parser.parseSingleQuotes(sql, i, true);
            case '"' -> Parser.parseDoubleQuotes(sql, i);
            default -> i;
        };
    }
}
