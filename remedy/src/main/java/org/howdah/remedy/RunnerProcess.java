package org.howdah.remedy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A process that runs remedies, known to others by its machine, its number and when it started: a
 * number alone is used again after a while.
 */
record RunnerProcess(UUID id, String host, long pid, Instant processStarted) {
    /** A runner beats every few seconds; one that has been silent for so long is gone. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    static final Duration BEAT = Duration.ofSeconds(10);

    static RunnerProcess current() {
        return current(Path.of("/proc"));
    }

    /**
     * @param proc where Linux tells about the machine
     */
    static RunnerProcess current(Path proc) {
        ProcessHandle process = ProcessHandle.current();
        return new RunnerProcess(UUID.randomUUID(), host(proc), process.pid(), started(process));
    }

    /**
     * Where a process number means the same process: containers may share a name and still count
     * their processes apart.
     *
     * <p>https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
     */
    private static String host(Path proc) {
        return String.join(" ", hostName(), boot(proc), namespace(proc));
    }

    private static String boot(Path proc) {
        try {
            return Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException unreadable) {
            return "-";
        }
    }

    private static String namespace(Path proc) {
        try {
            return Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException unreadable) {
            return "-";
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH).truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Whether it is gone, seen from this machine at this moment.
     *
     * @param silent the time since its last heartbeat by the repository's clock
     */
    boolean isGone(String thisHost, Duration silent) {
        if (!host.equals(thisHost)) {
            return silent.compareTo(SILENCE) > 0;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty() || !process.get().isAlive()) {
            return true;
        }
        // The start is reckoned from the machine's clock: once that was set, the same process
        // seems to have started at another time, but it goes on beating.
        return !started(process.get()).equals(processStarted) && silent.compareTo(SILENCE) > 0;
    }
}
