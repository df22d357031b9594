package org.howdah.embedded;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The few calls of the C library that Java does not offer: signals other than TERM and KILL, and
 * {@code flock}, whose locks (unlike those of {@code FileChannel}) belong to one open file, so that
 * two threads of a process exclude each other and closing another channel does not lose the lock.
 */
final class Posix {

    static final int SIGINT = 2;
    static final int SIGQUIT = 3;
    static final int SIGKILL = 9;
    static final int SIGTERM = 15;
    static final int SIGHUP = 1;
    static final int SIGCONT = 18;
    static final int SIGSTOP = 19;

    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_CLOEXEC = 0x80000;
    private static final int OWNER_ONLY = 0600;
    private static final int LOCK_SHARED = 1;
    private static final int LOCK_EXCLUSIVE = 2;
    private static final int LOCK_NON_BLOCKING = 4;

    private static final MethodHandle GETEUID = function("geteuid", 0);
    private static final MethodHandle KILL = function("kill", 0, JAVA_INT, JAVA_INT);
    private static final MethodHandle FLOCK = function("flock", 0, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", 0, JAVA_INT);
    private static final MethodHandle OPEN = function("open", 2, ADDRESS, JAVA_INT, JAVA_INT);

    private Posix() {}

    static int effectiveUser() {
        try {
            return (int) GETEUID.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** False when the process is gone or is not ours to signal. */
    static boolean signal(long pid, int signal) {
        try {
            return (int) KILL.invokeExact(Math.toIntExact(pid), signal) == 0;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A file descriptor (closed in children), or -1. The file is created when it is missing. */
    static int open(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            return (int)
                    OPEN.invokeExact(
                            arena.allocateFrom(file.toString()),
                            O_RDWR | O_CREAT | O_CLOEXEC,
                            OWNER_ONLY);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Whether the lock was had at once. */
    static boolean tryLock(int descriptor, boolean shared) {
        try {
            int operation = (shared ? LOCK_SHARED : LOCK_EXCLUSIVE) | LOCK_NON_BLOCKING;
            return (int) FLOCK.invokeExact(descriptor, operation) == 0;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    static void close(int descriptor) {
        try {
            int ignored = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(
            String name, int firstVariadic, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] options =
                firstVariadic == 0
                        ? new Linker.Option[0]
                        : new Linker.Option[] {Linker.Option.firstVariadicArg(firstVariadic)};
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, arguments),
                options);
    }
}
