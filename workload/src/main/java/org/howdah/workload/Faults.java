package org.howdah.workload;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.howdah.report.Progress;
import org.howdah.report.Quantity;

/**
 * The faults of a neglected database, beside those that the schema has anyway (no index but the
 * keys) and those that {@link Loader.Statistics#STALE} leaves.
 */
public final class Faults {
    /** Tables whose rows change all the time. */
    private static final List<String> HIGH_CHURN = List.of("sessions", "vulnerability_scans");

    private Faults() {}

    /** The high-churn tables under their names on the server, without the schema. */
    public static List<String> highChurnTables(Names names) {
        return HIGH_CHURN.stream().map(names::table).toList();
    }

    /** In the order in which they have to be put in. */
    public static List<Fault> usual() {
        List<Fault> faults = new ArrayList<>(settings());
        faults.add(new Fault.AutovacuumOff(HIGH_CHURN));
        faults.addAll(indexes());
        faults.add(new Fault.InvalidIndex("sessions_once_a_user", "sessions", "user_id"));
        faults.add(new Fault.Purge("audit_logs"));
        faults.add(new Fault.DeadRows("sessions", "last_seen_at", 2));
        faults.add(new Fault.DeadRows("vulnerability_scans", "updated_at", 1));
        faults.add(new Fault.NearlyUsedUp("audit_logs", 2_040_000_000L));
        return List.copyOf(faults);
    }

    /** Not among the usual ones, since it fills the disk for as long as it is there. */
    public static Fault abandonedSlot() {
        return new Fault.AbandonedSlot("former_reader");
    }

    /**
     * Puts the faults in, one after another. Some change settings of the whole server: never to be
     * pointed at one that matters.
     *
     * @throws WorkloadException where no loader has made the schema: then nothing is changed
     */
    public static void apply(
            List<Fault> faults, ConnectionSource source, Names names, Progress progress) {
        if (Mark.of(source, names) != Mark.OURS) {
            throw Mark.refusal(names);
        }
        try (Progress.Step step =
                progress.step("Neglecting the database", faults.size(), Quantity.COUNT, "faults")) {
            for (Fault fault : faults) {
                step.note(fault.name());
                try {
                    fault.apply(source, names);
                } catch (SQLException failure) {
                    throw WorkloadException.statement("Fault " + fault.name(), failure);
                }
                step.advance(1);
            }
        }
    }

    private static List<Fault> settings() {
        return List.of(
                new Fault.BadSetting(
                        "autovacuum_naptime", "1h", "tables wait an hour for autovacuum"),
                new Fault.BadSetting("random_page_cost", "40", "the planner shuns indexes"),
                new Fault.BadSetting(
                        "effective_cache_size", "8MB", "the planner expects every page on disk"),
                new Fault.BadSetting("work_mem", "64kB", "every sort goes to disk"));
    }

    private static List<Fault> indexes() {
        return List.of(
                new Fault.UselessIndex(
                        "unused-index",
                        "audit_logs_resource",
                        "audit_logs",
                        "{audit_logs.resource_type}, {audit_logs.resource_id}",
                        "no statement uses it"),
                new Fault.UselessIndex(
                        "duplicate-index",
                        "users_identifier",
                        "users",
                        "{users.id}",
                        "the same as the primary key"),
                new Fault.UselessIndex(
                        "prefix-index",
                        "vulnerabilities_scan",
                        "vulnerabilities",
                        "{vulnerabilities.scan_id}",
                        "the other index on the same table begins with the same column"),
                new Fault.UselessIndex(
                        "prefix-index-longer",
                        "vulnerabilities_scan_status",
                        "vulnerabilities",
                        "{vulnerabilities.scan_id}, {vulnerabilities.status}",
                        "it makes the shorter one on the same table redundant"),
                new Fault.UselessIndex(
                        "reader-only-index",
                        "security_events_address",
                        "security_events",
                        "{security_events.source_ip}, {security_events.created_at}",
                        "only statements on readers use it, so the writer counts no scan of it"));
    }
}
