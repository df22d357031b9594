package org.howdah.check;

import static org.howdah.check.SettingUnits.GB;

import java.util.OptionalLong;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseSizeFact;
import org.howdah.postgres.Platform;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Severity;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** The share of memory that is the server's own cache. */
final class SettingsSharedBuffersCheck implements Check {
    /**
     * Sensible shares of the memory.
     *
     * @param least below it the cache is too small
     * @param right what to set
     * @param most above it the operating system's cache is missing
     */
    private record Shares(double least, double right, double most) {
        // 25 %, and hardly ever more than 40 %:
        // https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS
        private static final Shares WITH_KERNEL_CACHE = new Shares(0.15, 0.25, 0.40);

        // Aurora's storage has no cache of the operating system in front; its default is 75 %:
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.BestPractices.html
        private static final Shares WITHOUT_KERNEL_CACHE = new Shares(0.50, 0.75, 0.80);

        static Shares on(Platform platform) {
            return platform == Platform.AURORA ? WITHOUT_KERNEL_CACHE : WITH_KERNEL_CACHE;
        }
    }

    /** A machine smaller than this is a toy or a test. */
    private static final long SMALLEST_MACHINE = GB;

    private static final String WHY =
            "Pages that are not in shared buffers have to be fetched and checked again; too large a"
                    + " share takes memory from the kernel's cache and from the sessions.";

    @Override
    public String id() {
        return "settings-shared-buffers";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        if (facts.main().server().hardware().memoryBytes().isEmpty()) {
            return Outcome.notChecked(MemoryUnknown.REASON);
        }
        return ServerSettings.judge(facts, this::judge);
    }

    private Stream<Finding> judge(ServerSettings settings) {
        OptionalLong memory = settings.memoryBytes();
        long buffers = settings.bytes("shared_buffers");
        Shares shares = Shares.on(settings.platform());
        double share = (double) buffers / memory.orElse(1);
        if (memory.orElse(0) < SMALLEST_MACHINE
                || (share >= shares.least() && share <= shares.most())
                || (share < shares.least() && holdsAll(settings, buffers))) {
            return Stream.empty();
        }
        boolean little = share < shares.least();
        String right = SettingUnits.roundSize((long) (memory.orElse(0) * shares.right()));
        return Stream.of(
                settings.advise(
                        id(),
                        little ? Severity.WARNING : Severity.NOTICE,
                        "shared_buffers",
                        remedy(settings, right),
                        "shared_buffers = %s is %s of the server's %s; %s is a good start"
                                .formatted(
                                        SettingUnits.size(buffers),
                                        Units.percent(share),
                                        Units.bytes(memory.orElse(0)),
                                        right),
                        WHY,
                        Measure.against(
                                "share of memory",
                                share,
                                Quantity.RATIO,
                                little ? shares.least() : shares.most())));
    }

    /** With huge_pages = on the server does not start where too few pages are reserved. */
    private static Remedy remedy(ServerSettings settings, String right) {
        return settings.isOn("huge_pages")
                ? ServerSettings.byHand(
                        "shared_buffers",
                        "Reserve the huge pages for %s first (vm.nr_hugepages), then set shared_buffers and restart: with huge_pages = on the server does not start without them"
                                .formatted(right))
                : settings.change("shared_buffers", right);
    }

    /** A cache that holds every database needs to be no larger. */
    private static boolean holdsAll(ServerSettings settings, long buffers) {
        var sizes = settings.node().server().databaseSizes();
        return sizes.isKnown()
                && sizes.orNone().stream().mapToLong(DatabaseSizeFact::bytes).sum() < buffers;
    }
}
