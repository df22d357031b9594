package org.howdah.advisor;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.RelationFact;

/** Names for new indexes, {@code <table>_<columns>_idx}, each given once. */
final class IndexNames {
    /** NAMEDATALEN less its end. */
    private static final int LONGEST_BYTES = 63;

    private static final String END = "_idx";

    private final Set<QualifiedName> taken = new HashSet<>();

    IndexNames(DatabaseFacts database) {
        database.relations().orNone().stream().map(RelationFact::qualifiedName).forEach(taken::add);
        for (IndexFact index : database.indexes().orNone()) {
            taken.add(new QualifiedName(index.schema(), index.name()));
        }
    }

    QualifiedName next(IndexSpec spec) {
        String columns =
                spec.keys().stream().map(IndexNames::word).collect(Collectors.joining("_"));
        String stem = spec.table().name().name() + "_" + columns;
        for (int number = 0; ; number++) {
            String end = number == 0 ? END : END + number;
            QualifiedName name =
                    new QualifiedName(spec.table().name().schema(), cut(stem, end) + end);
            if (taken.add(name)) {
                return name;
            }
        }
    }

    private static String word(IndexSpec.Key key) {
        return key.column()
                .orElseGet(() -> {
                    String words =
                            key.sql()
                                    .replaceAll("'[^']*'", "")
                                    .replaceAll("[^\\p{L}\\p{N}_]+", "_")
                                    .replaceAll("^_+|_+$", "")
                                    .toLowerCase(Locale.ROOT);
                    return words.isEmpty() ? "expr" : words;
                });
    }

    private static String cut(String stem, String end) {
        int room = LONGEST_BYTES - end.length();
        String cut = stem;
        while (cut.getBytes(StandardCharsets.UTF_8).length > room) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }
}
