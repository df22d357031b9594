package org.howdah.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts of SQL as strings: for keys of caches and for tools. */
public final class SqlText {

    private SqlText() {}

    /**
     * The text without comments, white space and semicolons before its first and behind its last
     * statement.
     */
    public static String withoutEdges(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        var statements = new Classifier().reset(bytes, 0, bytes.length);
        if (!statements.next()) {
            return "";
        }
        int start = statements.start();
        int end = statements.end();
        while (statements.next()) {
            end = statements.end();
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /**
     * The statements of the text one by one, each without comments around it and without its
     * semicolon.
     */
    public static List<String> statements(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        var classifier = new Classifier().reset(bytes, 0, bytes.length);
        var statements = new ArrayList<String>();
        while (classifier.next()) {
            int length = classifier.end() - classifier.start();
            statements.add(new String(bytes, classifier.start(), length, StandardCharsets.UTF_8));
        }
        return statements;
    }
}
