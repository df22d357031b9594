package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lock file of a data directory, {@code postmaster.pid}: <a
 * href="https://www.postgresql.org/docs/18/storage-file-layout.html">its lines</a> are the process
 * number, the directory, the start, the port, the socket directory, the address, the shared memory
 * and the state.
 */
record PostmasterFile(long pid, int port, String state) {

    private static final Pattern PORT = Pattern.compile("\"port=(\\d{1,5})\"");

    static Optional<PostmasterFile> read(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            long pid = Math.abs(Long.parseLong(lines.getFirst().strip()));
            int port = lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0;
            String state = lines.size() > 7 ? lines.get(7).strip() : "";
            return Optional.of(new PostmasterFile(pid, port, state));
        } catch (IOException | NumberFormatException beingWritten) {
            return Optional.empty();
        }
    }

    /** The port of the last run, which is in {@code postmaster.opts}; 0 if there was none. */
    static int lastPort(Path data) {
        try {
            Matcher port = PORT.matcher(Files.readString(data.resolve("postmaster.opts")));
            return port.find() ? Integer.parseInt(port.group(1)) : 0;
        } catch (IOException neverStarted) {
            return 0;
        }
    }

    boolean ready() {
        return state.equals("ready") || state.equals("standby");
    }

    /** The live postmaster of that directory, whoever started it. */
    static Optional<Postmaster> running(Path data) {
        return read(data)
                .filter(file -> servedBy(file.pid(), data))
                .flatMap(file -> ProcessStatus.of(file.pid()))
                .filter(ProcessStatus::running)
                .map(status -> new Postmaster(status.pid(), status.startTicks(), Optional.empty()));
    }

    /** A postmaster stands in its data directory; a stranger with the same number does not. */
    static boolean servedBy(long pid, Path data) {
        try {
            Path standing = Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));
            return standing.equals(data.toRealPath());
        } catch (IOException gone) {
            return false;
        }
    }
}
