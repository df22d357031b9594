package org.howdah.proxy;

/** Writes strings and names into SQL so that they mean the same under every setting. */
final class SqlLiteral {

    private SqlLiteral() {}

    /** A string constant of ASCII characters only, in the form with escapes. */
    static String string(String value) {
        StringBuilder sql = new StringBuilder(value.length() + 4).append("E'");
        value.codePoints().forEach(code -> append(sql, code));
        return sql.append('\'').toString();
    }

    private static void append(StringBuilder sql, int code) {
        if (code == '\'') {
            sql.append("''");
        } else if (code == '\\') {
            sql.append("\\\\");
        } else if (code >= ' ' && code < 127) {
            sql.append((char) code);
        } else {
            sql.append(String.format(code < 0x10000 ? "\\u%04x" : "\\U%08x", code));
        }
    }

    /** A name, of which the parts behind dots are names of their own. */
    static String dottedName(String name) {
        return '"' + name.replace("\"", "\"\"").replace(".", "\".\"") + '"';
    }
}
