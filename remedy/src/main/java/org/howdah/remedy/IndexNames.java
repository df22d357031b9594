package org.howdah.remedy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.howdah.postgres.QualifiedName;

/** Names for the indexes of partitions. */
final class IndexNames {
    /** NAMEDATALEN - 1: the server cuts longer names, and two of them may then be the same. */
    private static final int LONGEST = 63;

    private static final int HASH = 9;

    private IndexNames() {}

    /** {@code <index>_<partition>}, in the partition's schema; cut and told apart by a hash. */
    static QualifiedName ofPartition(String index, QualifiedName partition) {
        return fitting(partition.schema(), index + "_" + partition.name());
    }

    /** For an index that is built beside one that it will replace. */
    static QualifiedName beside(QualifiedName index) {
        return fitting(index.schema(), index.name() + "_howdah");
    }

    private static QualifiedName fitting(String schema, String whole) {
        if (bytes(whole) <= LONGEST) {
            return new QualifiedName(schema, whole);
        }
        String cut = whole;
        while (bytes(cut) > LONGEST - HASH) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return new QualifiedName(
                schema, cut + "_" + "%08x".formatted(whole.hashCode()).toLowerCase(Locale.ROOT));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
