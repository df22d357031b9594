package org.howdah.check;

import java.util.List;

/** The checks of one database: tables, indexes, statistics, sequences, partitions. */
final class DatabaseChecks {
    private DatabaseChecks() {}

    static List<Check> all() {
        return List.of(
                new LockedTableCheck(),
                new AutovacuumDisabledCheck(),
                new AutovacuumBehindCheck(),
                new DeadRowsCheck(),
                new TableAgeCheck(),
                new TableBloatCheck(),
                new IndexBloatCheck(),
                new InvalidIndexCheck(),
                new DuplicateIndexCheck(),
                new RedundantIndexCheck(),
                new UnusedIndexCheck(),
                new SequentialScansCheck(),
                new ForeignKeyIndexCheck(),
                new ForeignKeyTypeCheck(),
                new UnvalidatedConstraintCheck(),
                new MissingPrimaryKeyCheck(),
                new MissingStatisticsCheck(),
                new StaleStatisticsCheck(),
                new SequenceExhaustionCheck(),
                new IntegerKeyExhaustionCheck(),
                new DefaultPartitionCheck(),
                new PartitionsAheadCheck(),
                new TooManyPartitionsCheck(),
                new DetachPendingCheck(),
                new UnloggedTableCheck(),
                new HotUpdatesCheck(),
                new ManyIndexesCheck(),
                new OutdatedExtensionCheck());
    }
}
