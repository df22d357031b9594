package org.howdah.remedy;

import org.howdah.postgres.Facts;
import org.howdah.remedy.GuardReading.Verdict;

/** A condition that must hold before a remedy runs, and most of them while it runs. */
public sealed interface Guard
        permits DiskSpaceGuard,
                IndexBuildGuard,
                LoadGuard,
                OldSnapshotGuard,
                ReplicaLagGuard,
                WalRateGuard,
                WindowGuard,
                WraparoundGuard {
    /** Its name in the journal. */
    String name();

    GuardReading look(GuardScene scene);

    /** Whether it must hold until the remedy ends; otherwise it only matters before. */
    boolean holdsWhileRunning();

    default GuardReading pass(String sentence) {
        return new GuardReading(name(), Verdict.PASS, sentence);
    }

    default GuardReading later(String sentence) {
        return new GuardReading(name(), Verdict.WAIT, sentence);
    }

    default GuardReading refuse(String sentence) {
        return new GuardReading(name(), Verdict.REFUSE, sentence);
    }

    default GuardReading unknown(String sentence) {
        return new GuardReading(name(), Verdict.UNKNOWN, sentence);
    }

    default GuardReading unknown(Facts.Unknown<?> facts) {
        return unknown(
                facts.reason()
                        + facts.grant().map(grant -> " (it would take: " + grant + ")").orElse(""));
    }
}
