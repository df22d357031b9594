package org.howdah.remedy;

import org.howdah.postgres.QualifiedName;
import org.howdah.report.Quantity;

/** The measures that remedies of tables and indexes must improve. */
final class Aims {
    private Aims() {}

    static Aim deadTuples(QualifiedName table) {
        return tableStatistic("dead tuples", "n_dead_tup", table);
    }

    static Aim modifiedSinceAnalyze(QualifiedName table) {
        return tableStatistic("rows changed since analyze", "n_mod_since_analyze", table);
    }

    static Aim indexBytes(QualifiedName index) {
        return new Aim(
                "index size",
                Quantity.BYTES,
                Aim.Better.LOWER,
                "SELECT pg_catalog.pg_relation_size(pg_catalog.to_regclass("
                        + RemedySql.literal(index.sql())
                        + "))");
    }

    private static Aim tableStatistic(String name, String column, QualifiedName table) {
        return new Aim(
                name,
                Quantity.COUNT,
                Aim.Better.LOWER,
                "SELECT %s FROM pg_catalog.pg_stat_all_tables WHERE relid = pg_catalog.to_regclass(%s)"
                        .formatted(column, RemedySql.literal(table.sql())));
    }
}
