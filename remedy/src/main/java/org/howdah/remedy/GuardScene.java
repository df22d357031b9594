package org.howdah.remedy;

import java.time.Clock;
import java.util.OptionalLong;
import org.howdah.postgres.Session;

/**
 * What a guard looks at.
 *
 * @param session reads, in the remedy's database
 * @param table the object identifier of the table that the remedy is about, where it is about one
 * @param ownPid the server process that runs the remedy; 0 before there is one
 */
record GuardScene(Session session, Work work, OptionalLong table, int ownPid, Clock clock) {
    /**
     * @param concurrentIndex whether it waits for older transactions
     * @param cost what it needs
     */
    record Work(boolean concurrentIndex, Cost cost) {
        static Work of(Remedy remedy) {
            return new Work(
                    switch (remedy) {
                        case CreateIndex _, DropIndex _, Reindex _ -> true;
                        case Analyze _, ByHand _, SetSetting _, SetTableOptions _, Vacuum _ ->
                                false;
                    },
                    remedy.cost());
        }
    }

    long tableOrZero() {
        return table.orElse(0);
    }
}
