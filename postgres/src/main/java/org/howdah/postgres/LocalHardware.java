package org.howdah.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Finds the hardware of a server that runs on this machine. A loopback address alone proves nothing
 * (it may be a tunnel): the session's server process must be visible here.
 */
final class LocalHardware {
    private final Path root;

    /**
     * @param root the root of the file system, {@code /} but for tests
     */
    LocalHardware(Path root) {
        this.root = root;
    }

    Hardware of(Session session) {
        if (!runsHere(session)) {
            return Hardware.unknown();
        }
        Path group = controlGroup(session.backendPid());
        return new Hardware(memory(group), processors(group), rotating(session), "this machine");
    }

    private boolean runsHere(Session session) {
        boolean near =
                session.dsn().hosts().stream()
                        .allMatch(host -> host.isSocket() || isLoopback(host.name()));
        return near
                && read(root.resolve("proc/" + session.backendPid() + "/cmdline"))
                        .map(line -> line.contains("postgres"))
                        .orElse(false);
    }

    private static boolean isLoopback(String name) {
        return name.equals("localhost") || name.equals("::1") || name.startsWith("127.");
    }

    /** The directory of the process' control group (version 2); the root's where it has none. */
    private Path controlGroup(int pid) {
        String path =
                read(root.resolve("proc/" + pid + "/cgroup")).stream()
                        .flatMap(String::lines)
                        .filter(line -> line.startsWith("0::/"))
                        .map(line -> line.substring("0::/".length()))
                        .filter(line -> !line.contains(".."))
                        .findFirst()
                        .orElse("");
        return root.resolve("sys/fs/cgroup").resolve(path);
    }

    private OptionalLong memory(Path group) {
        OptionalLong machine =
                read(root.resolve("proc/meminfo")).stream()
                        .flatMap(String::lines)
                        .filter(line -> line.startsWith("MemTotal:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .findFirst();
        OptionalLong limit =
                read(group.resolve("memory.max")).stream()
                        .map(String::strip)
                        .filter(text -> !text.equals("max"))
                        .mapToLong(Long::parseLong)
                        .findFirst();
        return limit.isPresent() && machine.isPresent()
                ? OptionalLong.of(Math.min(limit.getAsLong(), machine.getAsLong()))
                : machine;
    }

    private OptionalInt processors(Path group) {
        int machine =
                (int)
                        read(root.resolve("proc/cpuinfo")).stream()
                                .flatMap(String::lines)
                                .filter(line -> line.startsWith("processor"))
                                .count();
        if (machine == 0) {
            return OptionalInt.empty();
        }
        int limit =
                read(group.resolve("cpu.max")).stream()
                        .map(text -> text.strip().split(" "))
                        .filter(parts -> parts.length == 2 && !parts[0].equals("max"))
                        .mapToInt(parts ->
                                (int)
                                        Math.ceil(
                                                Double.parseDouble(parts[0])
                                                        / Double.parseDouble(parts[1])))
                        .findFirst()
                        .orElse(machine);
        return OptionalInt.of(Math.max(1, Math.min(limit, machine)));
    }

    /**
     * Of the device under the data directory, where that is a plain device and may be looked at.
     */
    private Optional<Boolean> rotating(Session session) {
        try {
            Optional<String> directory =
                    session
                            .query(
                                    "SELECT pg_catalog.current_setting('data_directory')",
                                    row -> row.getString(1))
                            .stream()
                            .findFirst();
            if (directory.isEmpty()) {
                return Optional.empty();
            }
            Path data = root.resolve(directory.get().substring(1));
            long device = ((Number) Files.getAttribute(data, "unix:dev")).longValue();
            Path block = root.resolve("sys/dev/block/" + major(device) + ":" + minor(device));
            if (isVirtual(block)) {
                return Optional.empty();
            }
            return read(block.resolve("queue/rotational"))
                    .or(() -> read(block.toAbsolutePath().resolve("../queue/rotational")))
                    .map(text -> text.strip().equals("1"));
        } catch (IOException | StatementException | UnsupportedOperationException unseen) {
            return Optional.empty();
        }
    }

    /** A virtual disk calls itself rotating whatever it is made of. */
    private static boolean isVirtual(Path block) throws IOException {
        String device = Files.exists(block) ? block.toRealPath().toString() : "";
        return device.contains("/virtio") || device.contains("/vbd-") || device.contains("/xen");
    }

    private static long major(long device) {
        return ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
    }

    private static long minor(long device) {
        return (device & 0xff) | ((device >>> 12) & 0xffff_ff00L);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
