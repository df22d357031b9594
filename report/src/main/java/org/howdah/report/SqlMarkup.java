package org.howdah.report;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL with its comments, strings and keywords marked for the eye. Nothing depends on its being
 * exact: text that it does not understand stays plain.
 */
final class SqlMarkup {

    private static final Pattern PIECE =
            Pattern.compile(
                    "(?<comment>--[^\n]*|/\\*(?s:.*?)\\*/)"
                            + "|(?<string>'(?:[^']|'')*+'|\\$(?<mark>[A-Za-z_]*)\\$(?s:.*?)\\$\\k<mark>\\$)"
                            + "|(?<name>\"(?:[^\"]|\"\")*+\")"
                            + "|(?<word>[A-Za-z_][A-Za-z_0-9$]*+)");

    private static final Set<String> KEYWORDS =
            Set.of(
                    ("add all alter analyze and any array as asc attach begin between both by cascade case cast check checkpoint "
                                    + "cluster collate column comment commit concurrently conflict constraint copy create cross "
                                    + "current_date current_timestamp database default delete desc detach distinct do drop else end except "
                                    + "execute exists explain extension false fetch filter first following for foreign from full "
                                    + "function generated grant group having identity if ilike in include index inner insert "
                                    + "intersect interval into is join key last lateral left like limit lock materialized merge "
                                    + "natural not nothing null nulls offset on only or order outer over partition preceding prepare "
                                    + "primary procedure references refresh reindex release rename replace reset restrict returning "
                                    + "revoke right role rollback row rows savepoint schema select sequence set show similar skip "
                                    + "statistics storage system table tablespace then to transaction trigger true truncate "
                                    + "union unique unlogged update using vacuum validate values verbose view when where window "
                                    + "with within work")
                            .split(" "));

    private SqlMarkup() {}

    static Html of(String sql) {
        var parts = new ArrayList<Html>();
        Matcher matcher = PIECE.matcher(sql);
        int end = 0;
        while (matcher.find()) {
            parts.add(Html.text(sql.substring(end, matcher.start())));
            parts.add(piece(matcher));
            end = matcher.end();
        }
        parts.add(Html.text(sql.substring(end)));
        return Html.join(parts);
    }

    private static Html piece(Matcher matcher) {
        String text = matcher.group();
        if (matcher.group("comment") != null) {
            return marked("comment", text);
        }
        if (matcher.group("string") != null) {
            return marked("string", text);
        }
        if (matcher.group("word") != null && KEYWORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return marked("keyword", text);
        }
        return Html.text(text);
    }

    private static Html marked(String kind, String text) {
        return Html.tag("span").attr("class", kind).with(text);
    }
}
