package org.howdah.remedy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.howdah.postgres.Facts;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;
import org.howdah.postgres.StatementException;

/**
 * ALTER SYSTEM and a reload, after which the server must say that the value is applied or waits for
 * a restart; otherwise the old value is put back.
 */
final class SettingChange implements Procedure {
    private static final Duration RELOAD = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** The entry of postgresql.auto.conf. */
    record FileEntry(Optional<String> setting, boolean applied, Optional<String> error) {}

    private record Running(
            boolean pendingRestart,
            String context,
            String source,
            Optional<String> sourcefile,
            Optional<String> resetVal) {
        /** A server with such a value says that ours is pending, but no restart brings it. */
        boolean fromCommandLine() {
            return source.equals("command line") || source.equals("environment variable");
        }
    }

    // https://www.postgresql.org/docs/current/view-pg-file-settings.html
    private static final Query<FileEntry> FILE =
            Query.of(
                    FileEntry.class,
                    """
                    SELECT setting, applied, error
                      FROM pg_catalog.pg_file_settings
                     WHERE pg_catalog.lower(name) = pg_catalog.lower(?) AND sourcefile LIKE '%/postgresql.auto.conf'
                     ORDER BY seqno DESC
                     LIMIT 1
                    """);
    private static final Query<Running> RUNNING =
            Query.of(
                    Running.class,
                    """
                    SELECT pending_restart, context, source, sourcefile, reset_val
                      FROM pg_catalog.pg_settings
                     WHERE pg_catalog.lower(name) = pg_catalog.lower(?)
                    """);

    private final SetSetting remedy;
    private List<String> back = List.of();
    private boolean changed;

    SettingChange(SetSetting remedy) {
        this.remedy = remedy;
    }

    @Override
    public Optional<String> objection(Session session) {
        List<Running> found = session.query(RUNNING, remedy.name());
        if (found.isEmpty() && !remedy.name().contains(".")) {
            return Optional.of("this server has no setting " + remedy.name());
        }
        for (Running setting : found) {
            if (setting.context().equals("internal")) {
                return Optional.of(
                        remedy.name() + " was fixed when the server was built or initialized");
            }
            if (setting.fromCommandLine()) {
                return Optional.of(
                        "%s comes from the server's %s, which overrides ALTER SYSTEM"
                                .formatted(remedy.name(), setting.source()));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<String> undo(Session session) {
        Facts<FileEntry> file = session.facts(FILE, remedy.name());
        Optional<String> previous =
                switch (file) {
                    case Facts.Known<FileEntry> known ->
                            known.rows().stream().findFirst().flatMap(FileEntry::setting);
                    case Facts.Unknown<FileEntry> _ -> remedy.previous().or(() -> inForce(session));
                };
        back = new SetSetting(remedy.name(), remedy.value(), previous, remedy.restart()).undo();
        return back;
    }

    /**
     * The files cannot be read: where the value comes from one, a RESET might take away what
     * somebody else has put there, the value itself never does.
     */
    private Optional<String> inForce(Session session) {
        return session.query(RUNNING, remedy.name()).stream()
                .findFirst()
                .filter(setting -> setting.source().equals("configuration file"))
                .flatMap(Running::resetVal);
    }

    @Override
    public Effect run(Statements statements) {
        change(statements);
        long deadline = System.nanoTime() + RELOAD.toNanos();
        while (true) {
            Optional<Effect> effect = look(statements.watch());
            if (effect.isPresent()) {
                return effect.get();
            }
            if (System.nanoTime() > deadline) {
                throw new RemedyEnded(RemedyState.FAILED, notTaken(statements.watch()));
            }
            StopSignal.pause(PAUSE);
        }
    }

    private String notTaken(Session session) {
        return switch (session.facts(FILE, remedy.name())) {
            case Facts.Known<FileEntry> _ ->
                    "the server did not take %s = %s over: another file overrides it"
                            .formatted(remedy.name(), remedy.value());
            case Facts.Unknown<FileEntry> _ ->
                    Need.withHint(
                            "whether the server took %s = %s over cannot be seen; the old value is put back"
                                    .formatted(remedy.name(), remedy.value()),
                            "GRANT pg_read_all_settings");
        };
    }

    private void change(Statements statements) {
        List<String> all = remedy.statements();
        changed = true;
        try {
            statements.watched(all.getFirst());
        } catch (StatementException failure) {
            // What the server refuses it has not written; to take that back could only do harm,
            // where the old value could not be read.
            changed = failure.sqlState().startsWith("08") || failure.sqlState().startsWith("57");
            throw failure;
        }
        all.stream().skip(1).forEach(statements::watched);
    }

    /** Empty while the reload has not come through. */
    private Optional<Effect> look(Session session) {
        Optional<Running> running = session.query(RUNNING, remedy.name()).stream().findFirst();
        if (running.map(Running::pendingRestart).orElse(false)) {
            return Optional.of(Effect.done("it takes effect when the server is restarted"));
        }
        return switch (session.facts(FILE, remedy.name())) {
            case Facts.Known<FileEntry> known -> judge(known.rows(), running);
            // Without the right to read the files, a reload without an error has to do.
            case Facts.Unknown<FileEntry> _ ->
                    running.flatMap(Running::sourcefile)
                                    .filter(file -> file.endsWith("/postgresql.auto.conf"))
                                    .isPresent()
                            ? Optional.of(Effect.done())
                            : Optional.empty();
        };
    }

    private static Optional<Effect> judge(List<FileEntry> entries, Optional<Running> running) {
        Optional<FileEntry> entry = entries.stream().findFirst();
        boolean restart = running.map(found -> found.context().equals("postmaster")).orElse(false);
        entry.flatMap(FileEntry::error)
                .filter(_ -> !restart)
                .ifPresent(error -> {
                    throw new RemedyEnded(
                            RemedyState.FAILED, "the server refuses the value: " + error);
                });
        return entry.filter(FileEntry::applied).map(_ -> Effect.done());
    }

    @Override
    public Optional<String> clean(Statements statements) {
        if (changed) {
            back.forEach(statements::watched);
        }
        return Optional.empty();
    }
}
