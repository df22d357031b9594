package org.howdah.postgres;

import java.util.Locale;
import java.util.Map;

/**
 * Reads the forms in which people write down where a database is. Errors never repeat a value: any
 * part of the text may be a piece of a password.
 */
final class DsnText {
    private DsnText() {}

    /**
     * @throws HowdahException (exit code 2) where the text has none of the forms
     */
    static Map<DsnKeyword, String> parse(String text) {
        String trimmed = text.strip();
        String lower = trimmed.toLowerCase(Locale.ROOT);
        if (trimmed.isEmpty()) {
            return Map.of();
        } else if (lower.startsWith("jdbc:")) {
            return JdbcUrl.parse(trimmed);
        } else if (lower.startsWith("postgresql://") || lower.startsWith("postgres://")) {
            return DsnUri.parse(trimmed.substring(trimmed.indexOf("://") + 3));
        } else if (trimmed.contains("://")) {
            throw invalid(
                    "The connection string begins with another scheme than postgresql://",
                    "Write postgresql://user@host:5432/database");
        } else if (trimmed.contains("=")) {
            return DsnWords.parse(trimmed);
        } else if (trimmed.matches(".*[:/@\\s].*")) {
            throw invalid(
                    "The connection string is neither a URI, nor key=value pairs, nor the name of"
                            + " a database",
                    "Write postgresql://user@host:5432/database or host=... dbname=...");
        }
        return Map.of(DsnKeyword.DBNAME, trimmed);
    }

    static HowdahException invalid(String sentence, String hint) {
        return new HowdahException("dsn-invalid", sentence, hint, ExitCode.USAGE);
    }
}
