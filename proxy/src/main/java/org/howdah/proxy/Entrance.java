package org.howdah.proxy;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a client begins: what of its startup settings differs from a fresh connection, and what it is
 * told of the server's settings.
 */
record Entrance(SessionSettings base, Map<String, String> parameters) {

    /**
     * @param welcome what a fresh connection reports
     * @param values the client's settings, by name in lower case, as the server writes them
     */
    static Entrance of(Map<String, String> welcome, Map<String, String> values) {
        Map<String, String> differing = new TreeMap<>(values);
        Map<String, String> told = new TreeMap<>(welcome);
        welcome.forEach((name, value) -> {
            String own = values.get(name.toLowerCase(Locale.ROOT));
            if (own != null) {
                told.put(name, own);
                if (own.equals(value)) {
                    differing.remove(name.toLowerCase(Locale.ROOT));
                }
            }
        });
        return new Entrance(SessionSettings.of(differing), told);
    }
}
