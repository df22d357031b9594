package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc} says of a process. A process is known by its number and the moment of its
 * start: numbers are used again.
 *
 * @param startTicks clock ticks between the boot of the machine and the start of the process
 */
record ProcessStatus(long pid, long startTicks, char state) {

    static Optional<ProcessStatus> of(long pid) {
        try {
            String stat = ProcFile.read(Path.of("/proc/" + pid + "/stat"));
            // The name in parentheses may hold anything; the fields follow the last parenthesis.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(
                    new ProcessStatus(pid, Long.parseLong(fields[19]), fields[0].charAt(0)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    boolean running() {
        return state != 'Z' && state != 'X';
    }

    boolean stopped() {
        return state == 'T' || state == 't';
    }
}
