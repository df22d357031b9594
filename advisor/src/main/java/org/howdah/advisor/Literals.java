package org.howdah.advisor;

/** Values as SQL. */
final class Literals {
    private Literals() {}

    /** A constant of that type; the text's quotes are doubled, its backslashes mean themselves. */
    static String of(String text, String type) {
        String quoted = "'" + text.replace("'", "''") + "'";
        String safe = text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
        return safe + "::" + type;
    }

    static String nullOf(String type) {
        return "NULL::" + type;
    }
}
