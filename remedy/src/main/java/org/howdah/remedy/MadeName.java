package org.howdah.remedy;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A relation that a remedy makes, as the journal keeps it: {@code schema.name}, and {@code
 * schema.name @oid} once it is there.
 *
 * @param sql quoted; it ends with a quote or has no blanks, so that the oid cannot be part of it
 */
record MadeName(String sql, OptionalLong oid) {
    private static final Pattern WITH_OID = Pattern.compile("(.*) @(\\d+)", Pattern.DOTALL);

    static MadeName parse(String text) {
        Matcher matcher = WITH_OID.matcher(text);
        return matcher.matches()
                ? new MadeName(matcher.group(1), OptionalLong.of(Long.parseLong(matcher.group(2))))
                : new MadeName(text, OptionalLong.empty());
    }

    @Override
    public String toString() {
        return oid.isPresent() ? sql + " @" + oid.getAsLong() : sql;
    }
}
