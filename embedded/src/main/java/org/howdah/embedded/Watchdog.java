package org.howdah.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends a server when nobody uses it any more, however its users ended: a small shell process of its
 * own waits for the lock that they share. The system releases the lock of a killed process, so no
 * server is left for longer than its shutdown takes.
 *
 * <p>Two locks: {@code use} is held (shared) by each user for as long as he uses the server, {@code
 * change} by whoever starts or stops something. The watchdog stops the server only while it has
 * both, so that no one can join a server that is about to end. It waits for {@code use} without
 * holding {@code change}, and asks for {@code use} again when it has {@code change}.
 */
final class Watchdog {

    private static final String SCRIPT =
            """
            exec 7>>"$3/../watchdog.lock" 8>>"$1" 9>>"$2" || exit 1
            flock -n 7 || exit 0
            while :; do
              flock 8 || exit 1
              flock -u 8
              flock 9 || exit 1
              flock -n 8 && break
              flock -u 9
            done
            pid=$(head -n 1 "$3/postmaster.pid" 2>/dev/null) || exit 0
            served() { [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$3" ]; }
            served "$@" || exit 0
            children=$(cat "/proc/$pid/task/$pid/children")
            kill -INT "$pid"
            kill -CONT $children "$pid"
            tries=300
            while served "$@" && [ "$tries" -gt 0 ]; do
              sleep 0.1
              tries=$((tries - 1))
            done
            if served "$@"; then
              kill -KILL "$pid" $(cat "/proc/$pid/task/$pid/children")
            fi
            """;

    private final Path use;
    private final Path change;
    private final Path data;

    Watchdog(Path use, Path change, Path data) {
        this.use = use;
        this.change = change;
        this.data = data;
    }

    /** Starts it unless one watches already. The caller holds {@code change}. */
    void start() {
        if (HeldLock.tryExclusive(data.resolveSibling("watchdog.lock"))
                .map(Watchdog::released)
                .isEmpty()) {
            return;
        }
        try {
            File nothing = new File("/dev/null");
            // Started from a thread that may end: nothing ties a watchdog to its parent.
            new ProcessBuilder(
                            List.of(
                                    "setsid",
                                    "sh",
                                    "-c",
                                    SCRIPT,
                                    "howdah-watchdog",
                                    use.toString(),
                                    change.toString(),
                                    data.toRealPath().toString()))
                    .directory(new File("/"))
                    .redirectInput(nothing)
                    .redirectOutput(nothing)
                    .redirectError(nothing)
                    .start();
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The watchdog of the server on " + data + " could not be started.",
                    "It needs sh, setsid and flock (util-linux).",
                    failed);
        }
    }

    private static boolean released(HeldLock lock) {
        lock.close();
        return true;
    }
}
