package org.howdah.transport;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Linux's system calls that Java's library does not offer. Each answers what the kernel does: zero
 * or more, or the error's number negated. One thread only, except where a method says so.
 */
@SuppressWarnings("restricted")
final class SystemCalls {
    private static final long SYS_IO_URING_SETUP = 425;
    private static final long SYS_IO_URING_ENTER = 426;
    private static final long SYS_IO_URING_REGISTER = 427;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SYSCALL_2 =
            call(
                    "syscall",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle SYSCALL_4 =
            call(
                    "syscall",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle SYSCALL_6 =
            call(
                    "syscall",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle MMAP =
            call(
                    "mmap",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                            JAVA_LONG));
    private static final MethodHandle MUNMAP =
            call("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SOCKET =
            call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SOCKETPAIR =
            call(
                    "socketpair",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle BIND =
            call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle LISTEN =
            call("listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            call("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SETSOCKOPT =
            call(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            call(
                    "getsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SHUTDOWN =
            call("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle FCHMOD =
            call("fchmod", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle EVENTFD =
            call("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle GETRLIMIT =
            call("getrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    /** Writing to a non-blocking eventfd never blocks, so that the thread need not change state. */
    private static final MethodHandle WRITE =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("write"),
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
                    Linker.Option.critical(false));

    private static final MethodHandle GETPWUID =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("getpwuid"),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("strerror"),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private final MemorySegment state;

    /**
     * @param arena its lifetime is that of this object
     */
    SystemCalls(Arena arena) {
        this.state = arena.allocate(STATE);
    }

    private static MethodHandle call(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, all);
    }

    private long outcome(long result) {
        return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
    }

    private int outcome(int result) {
        return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
    }

    /** A downcall throws nothing but what is wrong with the call itself. */
    private static AssertionError broken(Throwable fault) {
        return new AssertionError("A system call could not be made.", fault);
    }

    int ioUringSetup(int entries, MemorySegment parameters) {
        try {
            return (int)
                    outcome(
                            (long)
                                    SYSCALL_2.invokeExact(
                                            state,
                                            SYS_IO_URING_SETUP,
                                            (long) entries,
                                            parameters.address()));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int ioUringRegister(int ring, int operation, MemorySegment argument, int count) {
        try {
            return (int)
                    outcome(
                            (long)
                                    SYSCALL_4.invokeExact(
                                            state,
                                            SYS_IO_URING_REGISTER,
                                            (long) ring,
                                            (long) operation,
                                            argument.address(),
                                            (long) count));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int ioUringEnter(
            int ring, int submit, int complete, int flags, long argument, long argumentBytes) {
        try {
            return (int)
                    outcome(
                            (long)
                                    SYSCALL_6.invokeExact(
                                            state,
                                            SYS_IO_URING_ENTER,
                                            (long) ring,
                                            (long) submit,
                                            (long) complete,
                                            (long) flags,
                                            argument,
                                            argumentBytes));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    /** Maps memory shared with the kernel. */
    long mmap(long bytes, int protection, int flags, int descriptor, long offset) {
        try {
            return outcome(
                    (long)
                            MMAP.invokeExact(
                                    state, 0L, bytes, protection, flags, descriptor, offset));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int munmap(long address, long bytes) {
        try {
            return outcome((int) MUNMAP.invokeExact(state, address, bytes));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int socket(int family, int type) {
        try {
            return outcome((int) SOCKET.invokeExact(state, family, type, 0));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int socketpair(int family, int type, MemorySegment pair) {
        try {
            return outcome((int) SOCKETPAIR.invokeExact(state, family, type, 0, pair));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int bind(int socket, MemorySegment address, int length) {
        try {
            return outcome((int) BIND.invokeExact(state, socket, address, length));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int listen(int socket, int backlog) {
        try {
            return outcome((int) LISTEN.invokeExact(state, socket, backlog));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int getsockname(int socket, MemorySegment address, MemorySegment length) {
        try {
            return outcome((int) GETSOCKNAME.invokeExact(state, socket, address, length));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int setsockopt(int socket, int level, int option, MemorySegment value) {
        try {
            return outcome(
                    (int)
                            SETSOCKOPT.invokeExact(
                                    state, socket, level, option, value, (int) value.byteSize()));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int getsockopt(int socket, int level, int option, MemorySegment value, MemorySegment length) {
        try {
            return outcome(
                    (int) GETSOCKOPT.invokeExact(state, socket, level, option, value, length));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int shutdown(int socket, int how) {
        try {
            return outcome((int) SHUTDOWN.invokeExact(state, socket, how));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int close(int descriptor) {
        try {
            return outcome((int) CLOSE.invokeExact(state, descriptor));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int fchmod(int descriptor, int mode) {
        try {
            return outcome((int) FCHMOD.invokeExact(state, descriptor, mode));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int eventfd(int flags) {
        try {
            return outcome((int) EVENTFD.invokeExact(state, 0, flags));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int getrlimit(int resource, MemorySegment limits) {
        try {
            return outcome((int) GETRLIMIT.invokeExact(state, resource, limits));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    /** Any thread. A number that does not fit any more is no fault: the eventfd is set already. */
    static void writeEvent(int eventfd, MemorySegment one) {
        try {
            long ignored = (long) WRITE.invokeExact(eventfd, one, one.byteSize());
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    /** The name of a user of the system, or the number of one without a name. */
    static synchronized String userName(int uid) {
        try {
            // struct passwd begins with the name; the lock is for its memory, which is shared.
            MemorySegment entry = (MemorySegment) GETPWUID.invokeExact(uid);
            return entry.address() == 0
                    ? Integer.toUnsignedString(uid)
                    : entry.reinterpret(ADDRESS.byteSize())
                            .get(ADDRESS, 0)
                            .reinterpret(256)
                            .getString(0);
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    /**
     * The system's words.
     *
     * @param outcome a negated error number
     */
    static String words(int outcome) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(-outcome);
            return text.reinterpret(256).getString(0);
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }
}
