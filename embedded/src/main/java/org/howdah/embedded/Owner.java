package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process that started servers. Its number is used again after it ends, so the moment of its
 * start and the boot of the machine belong to it.
 */
record Owner(long pid, long startTicks, String boot) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    static Owner current() {
        long pid = ProcessHandle.current().pid();
        return new Owner(pid, startTicks(pid), currentBoot());
    }

    static Owner of(Postmaster postmaster) {
        return new Owner(postmaster.pid(), postmaster.startTicks(), currentBoot());
    }

    private static long startTicks(long pid) {
        return ProcessStatus.of(pid).map(ProcessStatus::startTicks).orElse(-1L);
    }

    private static String currentBoot() {
        try {
            return ProcFile.read(BOOT);
        } catch (IOException unknown) {
            return "unknown";
        }
    }

    static Optional<Owner> parse(String text) {
        List<String> parts = List.of(text.split(":", -1));
        try {
            return parts.size() == 3
                    ? Optional.of(
                            new Owner(
                                    Long.parseLong(parts.get(0)),
                                    Long.parseLong(parts.get(1)),
                                    parts.get(2)))
                    : Optional.empty();
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    String text() {
        return pid + ":" + startTicks + ":" + boot;
    }

    boolean alive() {
        return boot.equals(currentBoot())
                && ProcessStatus.of(pid)
                        .filter(status -> status.startTicks() == startTicks && status.running())
                        .isPresent();
    }
}
