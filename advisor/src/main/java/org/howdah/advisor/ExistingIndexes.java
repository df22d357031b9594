package org.howdah.advisor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.howdah.postgres.IndexFact;

/** Whether a table already has an index that does what another one would do. */
final class ExistingIndexes {
    private static final int DESCENDING = 1;
    private static final int NULLS_FIRST = 2;

    private ExistingIndexes() {}

    static boolean serve(KnownTable table, IndexSpec spec) {
        return table.indexes().stream().anyMatch(index -> serves(index, spec));
    }

    private static boolean serves(IndexFact index, IndexSpec spec) {
        if (!index.valid()
                || !index.accessMethod().equals(spec.method().sql())
                || !plain(index.predicate().orElse("")).equals(plain(spec.where().orElse("")))
                || index.keys().size() < spec.keys().size()) {
            return false;
        }
        List<String> existing = new ArrayList<>();
        for (int i = 0; i < index.keys().size(); i++) {
            existing.add(key(index, i));
        }
        Set<String> carried = new HashSet<>(index.included());
        carried.addAll(index.keys());
        return carried.containsAll(spec.include())
                && (same(existing, spec, false) || same(existing, spec, true));
    }

    /**
     * @param backwards whether the index is read from its end
     */
    private static boolean same(List<String> existing, IndexSpec spec, boolean backwards) {
        List<String> wanted = new ArrayList<>();
        for (IndexSpec.Key key : spec.keys()) {
            wanted.add(
                    key(
                            key.sql(),
                            key.operatorClass().orElse(""),
                            key.descending() != backwards,
                            key.nullsFirst() != backwards));
        }
        int pinned = spec.pinned();
        Set<String> front = new HashSet<>();
        Set<String> wantedFront = new HashSet<>();
        for (int i = 0; i < pinned; i++) {
            front.add(existing.get(i).replaceFirst("/.*", ""));
            wantedFront.add(wanted.get(i).replaceFirst("/.*", ""));
        }
        return front.equals(wantedFront)
                && existing.subList(pinned, wanted.size())
                        .equals(wanted.subList(pinned, wanted.size()));
    }

    private static String key(IndexFact index, int at) {
        int options = index.keyOptions().get(at);
        String opclass = index.operatorClasses().get(at);
        boolean special =
                opclass.endsWith("_pattern_ops")
                        || opclass.endsWith("_path_ops")
                        || opclass.endsWith("trgm_ops");
        return key(
                index.keys().get(at),
                special ? opclass : "",
                (options & DESCENDING) != 0,
                (options & NULLS_FIRST) != 0);
    }

    private static String key(String sql, String opclass, boolean descending, boolean nullsFirst) {
        String name = opclass.replaceFirst(".*\\.", "");
        return plain(sql) + "/" + name + (descending ? "/desc" : "") + (nullsFirst ? "/nulls" : "");
    }

    /** Without what the server adds or takes away when it writes an expression. */
    private static String plain(String sql) {
        return sql.replaceAll("::[a-z]+( [a-z]+)*(\\[\\])?", "")
                .replaceAll("[\\s()\"]", "")
                .toLowerCase(Locale.ROOT);
    }
}
