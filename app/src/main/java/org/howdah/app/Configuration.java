package org.howdah.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What {@code howdah.yaml} says; each component is a key of the file, in snake case. {@code howdah
 * config example} shows all of them.
 */
record Configuration(
        List<ClusterEntry> clusters,
        Optional<Mode> defaultMode,
        List<PolicyEntry> policies,
        List<WindowEntry> windows,
        Optional<GuardEntry> guards,
        Optional<RepositoryEntry> repository,
        Optional<ProxySection> proxy) {

    /** Where there is no file: everything by default. */
    static Configuration empty() {
        return new Configuration(
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * A cluster to look after.
     *
     * @param nodes connection strings, {@code ${NAME}} stands for a variable of the environment
     * @param passwordVariable the environment's variable that holds the password
     * @param passwordCommand prints the password on its first line
     */
    record ClusterEntry(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) List<String> nodes,
            Optional<String> passwordVariable,
            Optional<String> passwordCommand,
            Optional<HardwareEntry> hardware) {}

    /** The machine of the servers; without it, checks of memory and CPUs say that they lack it. */
    record HardwareEntry(Optional<ByteSize> memory, Optional<Integer> cpus) {}

    /** What may be done: the rule for the most particular object and kind decides. */
    record PolicyEntry(
            @JsonProperty(required = true) String kind,
            Optional<String> objects,
            @JsonProperty(required = true) Mode mode) {}

    /** Whether a remedy is shown only, asked for, or made. */
    enum Mode {
        ADVISE,
        ASK,
        APPLY
    }

    /** When remedies may run; where there is none, always. */
    record WindowEntry(
            Optional<List<Day>> days,
            @JsonProperty(required = true) LocalTime from,
            @JsonProperty(required = true) LocalTime to,
            Optional<ZoneId> zone) {}

    /** Days as people write them. */
    enum Day {
        MON(DayOfWeek.MONDAY),
        TUE(DayOfWeek.TUESDAY),
        WED(DayOfWeek.WEDNESDAY),
        THU(DayOfWeek.THURSDAY),
        FRI(DayOfWeek.FRIDAY),
        SAT(DayOfWeek.SATURDAY),
        SUN(DayOfWeek.SUNDAY);

        private final DayOfWeek dayOfWeek;

        Day(DayOfWeek dayOfWeek) {
            this.dayOfWeek = dayOfWeek;
        }

        DayOfWeek dayOfWeek() {
            return dayOfWeek;
        }
    }

    /** The limits within which remedies run; each has a default. */
    record GuardEntry(
            Optional<Integer> maxActiveSessions,
            Optional<Duration> maxReplicaLag,
            Optional<ByteSize> maxReplicaLagBytes,
            Optional<ByteSize> freeDisk,
            Optional<ByteSize> reserveDisk,
            Optional<Duration> oldestTransaction,
            Optional<ByteSize> maxWalPerSecond,
            Optional<Boolean> unknownBlocks) {}

    /** Where Howdah keeps its journal: without it, on a server of its own. */
    record RepositoryEntry(
            @JsonProperty(required = true) String dsn,
            Optional<String> passwordVariable,
            Optional<String> passwordCommand) {}
}
