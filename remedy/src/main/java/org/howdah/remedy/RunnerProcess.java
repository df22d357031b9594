package org.howdah.remedy;

import java.net.InetAddress;
import java.net.UnknownHostException;
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
        ProcessHandle process = ProcessHandle.current();
        return new RunnerProcess(UUID.randomUUID(), hostName(), process.pid(), started(process));
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

    /** Whether it is gone, seen from this machine at this moment. */
    boolean isGone(String thisHost, Instant heartbeat, Instant now) {
        if (!host.equals(thisHost)) {
            return heartbeat.plus(SILENCE).isBefore(now);
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isEmpty()
                || !process.get().isAlive()
                || !started(process.get()).equals(processStarted);
    }
}
