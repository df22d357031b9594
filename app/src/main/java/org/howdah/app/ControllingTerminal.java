package org.howdah.app;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What ties a process to the terminal, or the connection, from which it was started. */
final class ControllingTerminal {
    private static final int READ_AND_WRITE = 2;
    private static final int STANDARD_ERROR = 2;

    private ControllingTerminal() {}

    /**
     * Leaves the session and lets go of standard input, output and error, by setsid(2), open(2) and
     * dup2(2). Where it cannot be done the process still runs.
     */
    static void leave() {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) function("setsid").invokeExact();
            MemorySegment nothing = arena.allocateFrom("/dev/null");
            int file =
                    (int)
                            function("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                                    .invokeExact(nothing, READ_AND_WRITE);
            MethodHandle duplicate = function("dup2", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            for (int standard = 0; file >= 0 && standard <= STANDARD_ERROR; standard++) {
                int _ = (int) duplicate.invokeExact(file, standard);
            }
        } catch (Throwable unable) {
            throw new IllegalStateException("the process cannot leave its terminal", unable);
        }
    }

    @SuppressWarnings("restricted") // three functions of every Unix
    private static MethodHandle function(String name, MemoryLayout... parameters) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
    }
}
