package org.howdah.remedy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Session;
import org.howdah.postgres.StatementException;

/**
 * Enough free disk for what the remedy writes. PostgreSQL does not tell how much is free: it is
 * known where the owner says it or where the server's data directory is on this machine.
 */
record DiskSpaceGuard(OptionalLong freeBytes, long reserveBytes) implements Guard {
    @Override
    public String name() {
        return "disk-space";
    }

    @Override
    public GuardReading look(GuardScene scene) {
        long needed = scene.work().cost().diskBytes();
        if (needed == 0) {
            return pass("it needs no further disk space");
        }
        OptionalLong free = freeBytes.isPresent() ? freeBytes : local(scene.session());
        if (free.isEmpty()) {
            return unknown(
                    "it needs %,d bytes, and the server's free disk space is not known"
                            .formatted(needed));
        }
        String sentence =
                "%,d bytes are free, %,d are needed and %,d have to stay free"
                        .formatted(free.getAsLong(), needed, reserveBytes);
        return free.getAsLong() - needed >= reserveBytes ? pass(sentence) : refuse(sentence);
    }

    private static OptionalLong local(Session session) {
        boolean here =
                session.dsn().hosts().stream()
                        .allMatch(host -> host.isSocket() || isLoopback(host));
        if (!here) {
            return OptionalLong.empty();
        }
        try {
            String directory =
                    session.one(
                            "SELECT pg_catalog.current_setting('data_directory')",
                            row -> row.getString(1));
            Path data = Path.of(directory);
            // A tunnel or a container may stand behind a loopback address.
            return Files.isRegularFile(data.resolve("PG_VERSION"))
                    ? OptionalLong.of(Files.getFileStore(data).getUsableSpace())
                    : OptionalLong.empty();
        } catch (StatementException | IOException hidden) {
            return OptionalLong.empty();
        }
    }

    private static boolean isLoopback(Dsn.Host host) {
        return host.name().equals("localhost")
                || host.name().equals("::1")
                || host.name().startsWith("127.");
    }

    @Override
    public boolean holdsWhileRunning() {
        return false;
    }
}
