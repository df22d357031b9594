package org.howdah.check;

import static org.howdah.check.SettingUnits.MB;
import static org.howdah.check.SettingUnits.TB;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Severity;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** More memory promised to sessions and workers than the server has. */
final class SettingsMemoryCheck implements Check {
    /** So many times its memory, and the first busy hour ends in the out-of-memory killer. */
    private static final double CRITICAL_SHARE = 4;

    /** Where the memory is unknown: more than all but a handful of machines have. */
    private static final long FAR_TOO_MUCH = TB;

    /** The default of work_mem; less makes even small sorts spill. */
    private static final long SMALLEST_WORK_MEMORY = 4 * MB;

    /** The default of temp_buffers, too little to count. */
    private static final long USUAL_TEMPORARY_BUFFERS = 8 * MB;

    /** Temporary tables of all sessions should leave most of the memory to everything else. */
    private static final double LARGEST_TEMPORARY_SHARE = 0.25;

    private static final String WHY =
            "work_mem is a limit for each sort or hash of each session, not for the server: a burst"
                    + " of heavy queries can ask for all of it at once, and the kernel then ends the"
                    + " server.";

    /**
     * What the settings allow, in bytes: each connection one sort or hash at its limit, each
     * autovacuum worker its own memory, and each connection its buffers for temporary tables where
     * somebody has raised them, which nobody does without using them.
     */
    private record Demand(
            long shared,
            long workMemory,
            double hashFactor,
            long connections,
            long maintenance,
            long temporaryBuffers) {
        // https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM
        static Demand of(ServerSettings settings) {
            long perWorker = settings.bytes("autovacuum_work_mem");
            if (perWorker < 0) {
                perWorker = settings.bytes("maintenance_work_mem");
            }
            return new Demand(
                    settings.bytes("shared_buffers"),
                    settings.bytes("work_mem"),
                    Math.max(1, settings.number("hash_mem_multiplier")),
                    (long) settings.number("max_connections"),
                    perWorker * (long) settings.number("autovacuum_max_workers"),
                    settings.bytes("temp_buffers"));
        }

        long sorts() {
            return workMemory * connections;
        }

        long hashes() {
            return (long) (sorts() * hashFactor);
        }

        long total() {
            return shared + hashes() + maintenance + temporary();
        }

        // https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-TEMP-BUFFERS
        long temporary() {
            return temporaryBuffers > USUAL_TEMPORARY_BUFFERS ? temporaryBuffers * connections : 0;
        }
    }

    @Override
    public String id() {
        return "settings-memory";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        Outcome outcome =
                ServerSettings.judge(
                        facts,
                        settings -> {
                            Demand demand = Demand.of(settings);
                            return Stream.of(judge(settings, demand), temporary(settings, demand))
                                    .flatMap(Optional::stream);
                        });
        boolean unjudged =
                outcome instanceof Outcome.Checked checked
                        && checked.findings().isEmpty()
                        && facts.main().server().hardware().memoryBytes().isEmpty();
        return unjudged ? Outcome.notChecked(MemoryUnknown.REASON) : outcome;
    }

    private Optional<Finding> judge(ServerSettings settings, Demand demand) {
        OptionalLong memory = settings.memoryBytes();
        long limit = memory.orElse(FAR_TOO_MUCH);
        if (demand.total() <= limit) {
            return demand.workMemory() < SMALLEST_WORK_MEMORY
                    ? Optional.of(tooLittle(settings, demand))
                    : Optional.empty();
        }
        Severity severity =
                demand.total() > CRITICAL_SHARE * limit ? Severity.CRITICAL : Severity.WARNING;
        String summary =
                "%d connections with work_mem = %s can ask for %s (%s with hash_mem_multiplier), %s"
                        .formatted(
                                demand.connections(),
                                SettingUnits.size(demand.workMemory()),
                                Units.bytes(demand.sorts()),
                                Units.bytes(demand.hashes()),
                                memory.isPresent()
                                        ? "and the server has " + Units.bytes(memory.getAsLong())
                                        : "more than machines have");
        return Optional.of(
                settings.advise(
                                id(),
                                severity,
                                "work_mem",
                                remedy(settings, demand, memory),
                                summary,
                                WHY,
                                Measure.against(
                                        "all memory allowed",
                                        demand.total(),
                                        Quantity.BYTES,
                                        limit),
                                Measure.of(
                                        "work_mem × max_connections",
                                        demand.sorts(),
                                        Quantity.BYTES),
                                Measure.of(
                                        "with hash_mem_multiplier",
                                        demand.hashes(),
                                        Quantity.BYTES))
                        .with(picture(demand)));
    }

    private Optional<Finding> temporary(ServerSettings settings, Demand demand) {
        double bearable = LARGEST_TEMPORARY_SHARE * settings.memoryBytes().orElse(FAR_TOO_MUCH);
        if (demand.temporary() <= bearable) {
            return Optional.empty();
        }
        return Optional.of(
                settings.advise(
                        id(),
                        Severity.NOTICE,
                        "temp_buffers",
                        SettingUnits.size(USUAL_TEMPORARY_BUFFERS),
                        "temp_buffers = %s: %d sessions with temporary tables can take %s"
                                .formatted(
                                        settings.show("temp_buffers"),
                                        demand.connections(),
                                        Units.bytes(demand.temporary())),
                        "A session keeps these buffers until it ends. Those that need more can SET"
                                + " temp_buffers before their first temporary table.",
                        Measure.against(
                                "temp_buffers × max_connections",
                                demand.temporary(),
                                Quantity.BYTES,
                                bearable)));
    }

    private Finding tooLittle(ServerSettings settings, Demand demand) {
        return settings.advise(
                id(),
                Severity.WARNING,
                "work_mem",
                SettingUnits.size(SMALLEST_WORK_MEMORY),
                "work_mem = %s is less than the default of %s"
                        .formatted(
                                settings.show("work_mem"), SettingUnits.size(SMALLEST_WORK_MEMORY)),
                "Even small sorts and hashes go to disk.",
                Measure.against(
                        "work_mem", demand.workMemory(), Quantity.BYTES, SMALLEST_WORK_MEMORY));
    }

    private static Remedy remedy(ServerSettings settings, Demand demand, OptionalLong memory) {
        long left = memory.orElse(0) - demand.shared() - demand.maintenance() - demand.temporary();
        long fitting = (long) (left / (demand.connections() * demand.hashFactor()));
        if (fitting >= SMALLEST_WORK_MEMORY) {
            return settings.change("work_mem", SettingUnits.roundSize(fitting));
        }
        return ServerSettings.byHand(
                "max_connections",
                "Lower max_connections to some hundreds, put a pool in front of the server, and give"
                        + " a larger work_mem only to the roles that need it");
    }

    private static Picture picture(Demand demand) {
        return new Picture.Share(
                "Memory that the settings allow",
                Quantity.BYTES,
                Stream.of(
                                new Picture.Part("sorts and hashes of sessions", demand.hashes()),
                                new Picture.Part("shared buffers", demand.shared()),
                                new Picture.Part("autovacuum workers", demand.maintenance()),
                                new Picture.Part("temporary tables", demand.temporary()))
                        .filter(part -> part.value() > 0)
                        .toList());
    }
}
