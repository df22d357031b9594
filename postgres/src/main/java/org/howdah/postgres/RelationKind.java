package org.howdah.postgres;

/** What holds rows, or stands for relations that do. */
public enum RelationKind {
    TABLE,
    /** Has no rows of its own, only partitions. */
    PARTITIONED_TABLE,
    MATERIALIZED_VIEW
}
