package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The small System V segment by which a data directory is known to be in use. A crashed server
 * leaves it behind, and only a server on the same directory would remove it: whoever deletes the
 * directory must do it, for the machine has a few thousand of them only.
 */
final class SharedMemory {

    private static final Path SEGMENTS = Path.of("/proc/sysvipc/shm");
    private static final int LOCK_FILE_LINE = 6;
    private static final int KEY = 0;
    private static final int IDENTIFIER = 1;
    private static final int ATTACHED = 6;

    private SharedMemory() {}

    /** For the servers directly in that directory and one level below. */
    static void releaseUnder(Path directory) {
        try (Stream<Path> tree = Files.find(directory, 3, (path, _) -> isLockFile(path))) {
            tree.forEach(SharedMemory::release);
        } catch (IOException unreadable) {
            // Nothing can be known, so nothing is removed.
        }
    }

    private static boolean isLockFile(Path path) {
        return path.endsWith("data/postmaster.pid");
    }

    private static void release(Path lockFile) {
        try {
            List<String> lines = Files.readAllLines(lockFile);
            if (lines.size() <= LOCK_FILE_LINE) {
                return;
            }
            String[] keyAndIdentifier = words(lines.get(LOCK_FILE_LINE));
            boolean unused =
                    Files.readAllLines(SEGMENTS).stream()
                            .map(SharedMemory::words)
                            .anyMatch(segment -> isUnused(segment, keyAndIdentifier));
            if (unused) {
                Command.run(List.of("ipcrm", "-m", keyAndIdentifier[IDENTIFIER]));
            }
        } catch (IOException unreadable) {
            // As above.
        }
    }

    private static boolean isUnused(String[] segment, String[] wanted) {
        return segment.length > ATTACHED
                && wanted.length == 2
                && segment[KEY].equals(wanted[KEY])
                && segment[IDENTIFIER].equals(wanted[IDENTIFIER])
                && segment[ATTACHED].equals("0");
    }

    private static String[] words(String line) {
        return Arrays.stream(line.strip().split("\\s+", -1)).toArray(String[]::new);
    }
}
