package org.howdah.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;

/**
 * How a tour is to be run.
 *
 * @param scale of the data: 1 for about two million rows
 * @param rename the seed of the names that schema, tables and columns get; none for their own
 * @param seed of the data and of the requests
 * @param clients of the closed loop, and connections of the open one
 * @param closedLoop how long the closed loop measures, before and after
 * @param openLoop how long the open loop measures, before and after
 * @param probes how often each statement is timed by itself
 * @param data where the cluster is made and left running; none for a temporary one
 */
public record TourOptions(
        double scale,
        OptionalLong rename,
        long seed,
        int clients,
        Duration closedLoop,
        Duration openLoop,
        int probes,
        Optional<Path> data) {
    private static final double LARGEST_SCALE = 2_000;

    /**
     * @throws HowdahException (exit code 2) where there cannot be so much data
     */
    public TourOptions {
        if (!(scale > 0) || scale > LARGEST_SCALE) {
            throw new HowdahException(
                    "tour-scale",
                    "A tour cannot have data of scale " + scale,
                    "Choose a scale above 0 and up to 2000; 1 is about two million rows",
                    ExitCode.USAGE);
        }
    }

    public static TourOptions defaults() {
        return new TourOptions(
                1,
                OptionalLong.empty(),
                1,
                8,
                Duration.ofSeconds(15),
                Duration.ofSeconds(20),
                3,
                Optional.empty());
    }

    public TourOptions withScale(double other) {
        return new TourOptions(other, rename, seed, clients, closedLoop, openLoop, probes, data);
    }

    public TourOptions withRename(long names) {
        return new TourOptions(
                scale, OptionalLong.of(names), seed, clients, closedLoop, openLoop, probes, data);
    }

    public TourOptions withLoops(Duration closed, Duration open) {
        return new TourOptions(scale, rename, seed, clients, closed, open, probes, data);
    }

    public TourOptions withData(Path directory) {
        return new TourOptions(
                scale, rename, seed, clients, closedLoop, openLoop, probes, Optional.of(directory));
    }
}
