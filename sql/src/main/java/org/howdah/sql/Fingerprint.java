package org.howdah.sql;

import java.nio.charset.StandardCharsets;

/**
 * What statements that differ only in their constants have in common: the one key for statements in
 * this house. The text that an application sends and what pg_stat_statements keeps of it have the
 * same fingerprint, on every major version.
 *
 * <p>Normalised are: constants and parameters to {@code ?}, also TRUE, FALSE, NULL, signs of
 * numbers and names of savepoints; lists in IN and ARRAY[] and rows of VALUES to one element;
 * comments, white space and the last semicolon away; keywords and unquoted names to lower case;
 * quotes away from names that do not need them; {@code !=} to {@code <>}; INNER and OUTER before
 * JOIN away. It is a comparison of words: the server's queryid also sees through schemas, aliases,
 * casts without effect and synonyms such as = ANY (ARRAY[...]) for IN.
 *
 * @param value 64 bits that stay the same from release to release
 * @param text the normalised text, fit to be shown: it holds no constant
 */
public record Fingerprint(long value, String text) {

    /** The fingerprint of a statement. */
    public static Fingerprint of(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return new Normalizer().read(bytes, 0, bytes.length).fingerprint();
    }

    /** The value in 16 hexadecimal digits. */
    public String hex() {
        return String.format("%016x", value);
    }
}
