package org.howdah.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A lock on a file ({@code flock}) that the system releases when this process dies. The lock file
 * stays where it is: deleting it would let two holders lock two different files of one name.
 */
final class HeldLock implements AutoCloseable {

    private final int descriptor;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private HeldLock(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Waits for the lock, at most so long. */
    static HeldLock exclusive(Path file, Duration patience) {
        return await(file, false, patience);
    }

    /** Waits for a lock that others may share, at most so long. */
    static HeldLock shared(Path file, Duration patience) {
        return await(file, true, patience);
    }

    private static HeldLock await(Path file, boolean shared, Duration patience) {
        int descriptor = descriptor(file);
        Wait wait = Wait.atMost(patience);
        while (!Posix.tryLock(descriptor, shared)) {
            if (!wait.again()) {
                Posix.close(descriptor);
                throw new EmbeddedException(
                        "The lock " + file + " is held by another process.",
                        "`fuser " + file + "` names the process; wait for it or end it.");
            }
        }
        return new HeldLock(descriptor);
    }

    static Optional<HeldLock> tryExclusive(Path file) {
        int descriptor = descriptor(file);
        if (Posix.tryLock(descriptor, false)) {
            return Optional.of(new HeldLock(descriptor));
        }
        Posix.close(descriptor);
        return Optional.empty();
    }

    /**
     * Whether nobody shares the lock: the exclusive one, if so. A {@link Watchdog} takes the lock
     * for a moment when the last user has gone, and does not take it again before it has the lock
     * on changes, which the caller holds: what is refused once is asked for twice.
     */
    static Optional<HeldLock> tryAlone(Path file, Duration patience) {
        return tryExclusive(file)
                .or(() -> {
                    shared(file, patience).close();
                    return tryExclusive(file);
                });
    }

    private static int descriptor(Path file) {
        int descriptor = Posix.open(file);
        if (descriptor < 0) {
            throw new EmbeddedException(
                    "The lock file " + file + " cannot be opened.",
                    "Check that its directory exists, is writable and has space.");
        }
        return descriptor;
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            Posix.close(descriptor);
        }
    }
}
