import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Something that pgbench can connect to.
 *
 * @param process the proxy's process; 0: the server itself
 */
record Target(String name, int port, long process) {

    /** Processor time of the process and all below it so far, in clock ticks of 10 ms. */
    long ticks() throws IOException {
        if (process == 0) {
            return 0;
        }
        long sum = ticks(process);
        ProcessHandle handle = ProcessHandle.of(process).orElseThrow();
        try (Stream<ProcessHandle> below = handle.descendants()) {
            for (ProcessHandle child : below.toList()) {
                sum += ticks(child.pid());
            }
        }
        return sum;
    }

    private static long ticks(long pid) throws IOException {
        String stat = Peers.read(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** Resident memory in kilobytes, all processes together. */
    long residentKilobytes() throws IOException {
        long sum = resident(process);
        try (Stream<ProcessHandle> below = ProcessHandle.of(process).orElseThrow().descendants()) {
            for (ProcessHandle child : below.toList()) {
                sum += resident(child.pid());
            }
        }
        return sum;
    }

    private static long resident(long pid) throws IOException {
        for (String line : Peers.read(Path.of("/proc/" + pid + "/status")).split("\n")) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }
}
