package org.howdah.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of a server, in {@code howdah.conf} beside {@code postgresql.conf}, which includes
 * it: under {@code ALTER SYSTEM}, so that this still has the last word.
 */
final class Configuration {

    private static final String FILE = "howdah.conf";
    private static final String INCLUDE = "include_if_exists = '" + FILE + "'";

    /** A socket's path has room for 107 bytes, and its name takes up to 15 of them. */
    private static final int LONGEST_SOCKET_DIRECTORY = 107 - "/.s.PGSQL.65535".length();

    private static final Map<String, String> OURS =
            Map.of(
                    "shared_preload_libraries", "pg_stat_statements",
                    "track_io_timing", "on",
                    "compute_query_id", "on",
                    "wal_level", "replica",
                    "max_wal_senders", "10",
                    "max_replication_slots", "10",
                    "hot_standby", "on",
                    "timezone", "UTC",
                    "log_timezone", "UTC",
                    "log_line_prefix", "%m [%p] %q%u@%d %a ");

    private final Host host;
    private final Layout layout;
    private final ServerOptions options;

    Configuration(Host host, Layout layout, ServerOptions options) {
        this.host = host;
        this.layout = layout;
        this.options = options;
    }

    /**
     * @param role settings that follow from the place in a cluster; they win over all others
     */
    void write(Map<String, String> role) {
        Path data = layout.data();
        StringBuilder text = new StringBuilder("# Written by Howdah at each start.\n");
        Map<String, String> all = new TreeMap<>(OURS);
        all.putAll(options.settings());
        all.putAll(role);
        all.forEach((name, value) -> text.append(line(name, value)));
        try {
            Path file = data.resolve(FILE);
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Directories.give(file, host.account());
            Path main = data.resolve("postgresql.conf");
            String before = Files.readString(main, StandardCharsets.UTF_8);
            if (!before.contains(INCLUDE)) {
                Files.writeString(main, before + "\n" + INCLUDE + "\n");
            }
            socketDirectory();
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The settings of the server in "
                            + data
                            + " cannot be written: "
                            + Causes.text(failed),
                    "Check the permissions and the free space there.",
                    failed);
        }
    }

    /** The server's own directory where its path is short enough, else one under /tmp. */
    Path socketDirectory() {
        Path own = layout.directory().resolve("socket");
        Path chosen = bytes(own) <= LONGEST_SOCKET_DIRECTORY ? own : elsewhere();
        try {
            if (!Files.exists(chosen, LinkOption.NOFOLLOW_LINKS)) {
                Directories.closed(chosen, host.account());
            }
            requireOurs(chosen);
            return chosen;
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The directory for unix sockets "
                            + chosen
                            + " cannot be made: "
                            + Causes.text(failed),
                    "Choose a data directory that is writable and has a short path.",
                    failed);
        }
    }

    private Path elsewhere() {
        return host.temporary()
                .resolve("howdah-%08x".formatted(layout.directory().toString().hashCode()));
    }

    /** Under /tmp anybody may have made it, to answer in the server's place. */
    private void requireOurs(Path sockets) throws IOException {
        LinkOption itself = LinkOption.NOFOLLOW_LINKS;
        boolean ours =
                host.account().uid() == (int) Files.getAttribute(sockets, "unix:uid", itself);
        boolean closed = ((int) Files.getAttribute(sockets, "unix:mode", itself) & 0077) == 0;
        if (!ours || !closed || !Files.isDirectory(sockets, itself)) {
            throw new EmbeddedException(
                    "The directory for unix sockets "
                            + sockets
                            + " does not belong to "
                            + host.accountName()
                            + " alone.",
                    "Delete it, or choose a data directory with a shorter path.");
        }
    }

    /** Deletes the directory under /tmp, if there is one; the next start makes it again. */
    void releaseSocketDirectory() {
        try {
            Files.deleteIfExists(elsewhere());
        } catch (IOException inUse) {
            // A crashed server leaves its socket there, and its next start takes it again.
        }
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static String line(String name, String value) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
            throw new EmbeddedException(
                    "\"" + name + "\" is no name of a PostgreSQL setting.",
                    "Names consist of letters, digits, underscores and dots.");
        }
        return "%s = '%s'\n".formatted(name, value.replace("'", "''"));
    }
}
