package org.howdah.upkeep;

import org.howdah.remedy.Analyze;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.CreateIndex;
import org.howdah.remedy.DropIndex;
import org.howdah.remedy.Reindex;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.SetSetting;
import org.howdah.remedy.SetTableOptions;
import org.howdah.remedy.Vacuum;

/**
 * Mending goes in phases, each after a new diagnosis: what the planner will do can only be judged
 * once settings, visibility and statistics are right, and what is redundant only once the new
 * indexes are there.
 */
public enum Phase {
    /** Leftovers, settings, table options, vacuum, statistics. */
    SETTLE("Settings, vacuum and statistics"),
    INDEX("New indexes"),
    TRIM("Indexes to drop and to rebuild");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The phase in which a remedy has its place. */
    static Phase of(Remedy remedy) {
        return switch (remedy) {
            case SetSetting _, SetTableOptions _, Vacuum _, Analyze _, ByHand _ -> SETTLE;
            case DropIndex drop -> drop.reason().isLeftover() ? SETTLE : TRIM;
            case CreateIndex _ -> INDEX;
            case Reindex _ -> TRIM;
        };
    }
}
