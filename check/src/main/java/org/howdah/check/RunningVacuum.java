package org.howdah.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.howdah.postgres.ActivityFact;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.ServerFacts;
import org.howdah.postgres.VacuumProgressFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/**
 * A vacuum of a table that runs now: the table does not wait for another.
 *
 * @param forced whether it is one of autovacuum's to prevent wraparound
 */
record RunningVacuum(VacuumProgressFact progress, boolean forced) {

    static Optional<RunningVacuum> of(ServerFacts server, String database, RelationFact table) {
        String name = table.schema() + "." + table.name();
        return server.vacuums().orNone().stream()
                .filter(vacuum -> vacuum.database().equals(database))
                .filter(vacuum -> vacuum.table().map(name::equals).orElse(false))
                .findFirst()
                .map(vacuum -> new RunningVacuum(vacuum, forced(server, vacuum.pid())));
    }

    private static boolean forced(ServerFacts server, int pid) {
        return server.activity().orNone().stream()
                .filter(activity -> activity.pid() == pid)
                .anyMatch(ActivityFact::isWraparoundVacuum);
    }

    /** The finding with what the vacuum has done so far; a second one could only wait for it. */
    Finding on(Finding finding) {
        List<Measure> measures = new ArrayList<>(finding.measures());
        measures.add(Measure.of("read by the vacuum that runs", share(), Quantity.RATIO));
        // More than one: maintenance_work_mem is too small for the table.
        measures.add(
                Measure.of("its passes over all indexes", progress.indexPasses(), Quantity.COUNT));
        return Finding.of(
                finding.check(),
                finding.severity(),
                finding.subject(),
                "%s A vacuum%s runs on it now: %s, %s read."
                        .formatted(
                                finding.summary(),
                                forced ? " to prevent wraparound" : "",
                                progress.phase(),
                                Units.percent(share())),
                finding.why(),
                measures);
    }

    private double share() {
        return (double) progress.scannedBlocks() / Math.max(1, progress.heapBlocks());
    }
}
