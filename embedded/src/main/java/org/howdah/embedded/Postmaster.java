package org.howdah.embedded;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The first process of a running server, ours or found, and its children. */
final class Postmaster {

    private static final Duration TELLING = Duration.ofSeconds(5);

    private final long pid;
    private final long startTicks;
    private final Optional<CompletableFuture<Integer>> exit;

    Postmaster(long pid, long startTicks, Optional<CompletableFuture<Integer>> exit) {
        this.pid = pid;
        this.startTicks = startTicks;
        this.exit = exit;
    }

    long pid() {
        return pid;
    }

    long startTicks() {
        return startTicks;
    }

    boolean running() {
        if (exit.isPresent() && exit.get().isDone()) {
            return false;
        }
        return ProcessStatus.of(pid)
                .filter(status -> status.startTicks() == startTicks && status.running())
                .isPresent();
    }

    /** Of a child of ours that has ended; it may be told a moment after {@link #running()}. */
    Optional<Integer> exitCode() {
        Wait wait = Wait.atMost(TELLING);
        while (exit.isPresent() && !exit.get().isDone() && wait.again()) {
            // The thread that waits for the process is about to be told.
        }
        return exit.filter(CompletableFuture::isDone).map(CompletableFuture::join);
    }

    boolean frozen() {
        return ProcessStatus.of(pid).filter(ProcessStatus::stopped).isPresent();
    }

    void signal(int signal) {
        if (running()) {
            Posix.signal(pid, signal);
        }
    }

    /** Stops every process where it stands: the postmaster first, so that it starts no more. */
    void freeze() {
        signal(Posix.SIGSTOP);
        awaitFrozen(true);
        Set<Long> frozen = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (ProcessHandle child : children()) {
                if (frozen.add(child.pid())) {
                    Posix.signal(child.pid(), Posix.SIGSTOP);
                    more = true;
                }
            }
        }
    }

    void thaw() {
        children().forEach(child -> Posix.signal(child.pid(), Posix.SIGCONT));
        signal(Posix.SIGCONT);
        awaitFrozen(false);
    }

    /** The kernel takes its time between a signal and what it does. */
    private void awaitFrozen(boolean wanted) {
        Wait wait = Wait.atMost(Duration.ofSeconds(5));
        boolean waiting = true;
        while (waiting && running() && frozen() != wanted) {
            waiting = wait.again();
        }
    }

    /** SIGKILL to all of them at once, as the kernel's out-of-memory killer or a lost machine. */
    void kill() {
        freeze();
        List<ProcessHandle> children = children();
        signal(Posix.SIGKILL);
        children.forEach(child -> Posix.signal(child.pid(), Posix.SIGKILL));
        Wait wait = Wait.atMost(Duration.ofSeconds(20));
        boolean left = true;
        while (left && wait.again()) {
            left = running() || children.stream().anyMatch(Postmaster::living);
        }
    }

    private static boolean living(ProcessHandle child) {
        return ProcessStatus.of(child.pid()).filter(ProcessStatus::running).isPresent();
    }

    /** Whether it ended within that time. */
    boolean awaitEnd(Duration patience) {
        Wait wait = Wait.atMost(patience);
        while (running()) {
            if (!wait.again()) {
                return false;
            }
        }
        return true;
    }

    private List<ProcessHandle> children() {
        return ProcessHandle.of(pid)
                .filter(handle -> running())
                .map(handle -> handle.descendants().toList())
                .orElse(List.of());
    }
}
