package org.howdah.remedy;

import java.util.regex.Pattern;

/**
 * What is allowed for some remedies.
 *
 * @param kind a remedy's kind ({@code create-index}) or {@code *}
 * @param object a glob ({@code *} any text, {@code ?} one character) of {@code schema.name}, {@code
 *     database/schema.name} or a setting's name; indexes are also found by their table's name where
 *     the remedy knows it
 */
public record PolicyRule(String kind, String object, Permission permission) {
    static final String ANY = "*";

    boolean covers(Remedy remedy) {
        return (kind.equals(ANY) || kind.equals(remedy.kind()))
                && RemedyNames.of(remedy).stream().anyMatch(glob().asMatchPredicate());
    }

    /** Whether this rule is more particular than the other in one way and less so in none. */
    boolean beats(PolicyRule other) {
        int byKind = Boolean.compare(!kind.equals(ANY), !other.kind.equals(ANY));
        int byObject = Integer.compare(weight(), other.weight());
        return byKind >= 0 && byObject >= 0 && byKind + byObject > 0;
    }

    /** An exact name weighs most, then the glob with the most characters of its own. */
    private int weight() {
        int own = (int) object.chars().filter(c -> c != '*' && c != '?').count();
        return own == object.length() ? Integer.MAX_VALUE : own;
    }

    private Pattern glob() {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < object.length(); i++) {
            char c = object.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    @Override
    public String toString() {
        return permission + " " + kind + " on " + object;
    }
}
