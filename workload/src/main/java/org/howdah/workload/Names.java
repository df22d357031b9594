package org.howdah.workload;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the tables, columns and indexes of a workload are called on the server. SQL is written as a
 * template in which {@code {users}} stands for a table with its schema, {@code {users.email}} for a
 * column, {@code {#events_by_address}} for an index, constraint or slot, {@code {schema}} for the
 * schema. Under {@link #renamed(long)} each of them has a random name, so that nothing that knows
 * the workload by its words can work.
 */
public final class Names {
    private static final Pattern PLACE = Pattern.compile("\\{(#[a-z_]+|[a-z_]+(?:\\.[a-z_]+)?)}");
    private static final String SCHEMA = "mcp";
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";
    private static final int SYLLABLES = 5;

    private final UnaryOperator<String> naming;

    private Names(UnaryOperator<String> naming) {
        this.naming = naming;
    }

    /** Everything has the name by which the workload knows it. */
    public static Names original() {
        return new Names(logical -> logical.substring(logical.lastIndexOf('.') + 1));
    }

    /** Everything has a name that can be spoken and means nothing; the same for the same seed. */
    public static Names renamed(long seed) {
        return new Names(logical -> word(Seeds.mix(seed, logical.hashCode())));
    }

    /** The schema's name on the server. */
    public String schema() {
        return naming.apply(SCHEMA);
    }

    /** The table's name on the server, without its schema. */
    public String table(String table) {
        return naming.apply(table);
    }

    /** The column's name on the server. */
    public String column(String table, String column) {
        return naming.apply(table + "." + column);
    }

    /** The name on the server of an index, a constraint or a slot. */
    public String object(String name) {
        return naming.apply("#." + name);
    }

    /** The template with every place filled. */
    public String resolve(String template) {
        return PLACE.matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(place(found.group(1))));
    }

    private String place(String place) {
        if (place.startsWith("#")) {
            return object(place.substring(1));
        }
        int dot = place.indexOf('.');
        if (dot >= 0) {
            return column(place.substring(0, dot), place.substring(dot + 1));
        }
        return place.equals("schema") ? schema() : schema() + "." + table(place);
    }

    private static String word(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder word = new StringBuilder(2 * SYLLABLES);
        for (int i = 0; i < SYLLABLES; i++) {
            word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
            word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return word.toString();
    }

    static Pattern places() {
        return PLACE;
    }
}
