package org.howdah.remedy;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.howdah.postgres.Session;

/** A statement that runs in a thread of its own, so that somebody can watch and cancel it. */
final class RunningStatement {
    /**
     * @param warnings what the server remarked
     * @param failure none where it went well
     */
    record End(List<String> warnings, Optional<SQLException> failure) {}

    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final Session session;

    private RunningStatement(Session session) {
        this.session = session;
    }

    static RunningStatement start(Session session, String sql) {
        RunningStatement running = new RunningStatement(session);
        Thread.ofVirtual().name("howdah-remedy-statement").start(() -> running.run(sql));
        return running;
    }

    private void run(String sql) {
        List<String> warnings = new ArrayList<>();
        try (Statement statement = session.connection().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            SQLWarning warning = statement.getWarnings();
            while (warning != null) {
                warnings.add(String.valueOf(warning.getMessage()));
                warning = warning.getNextWarning();
            }
            end.complete(new End(warnings, Optional.empty()));
        } catch (SQLException failure) {
            end.complete(new End(warnings, Optional.of(failure)));
        } catch (RuntimeException | Error defect) {
            end.completeExceptionally(defect);
        }
    }

    /** The end, if it comes in so short a time. */
    Optional<End> await(Duration duration) throws InterruptedException {
        try {
            return Optional.of(end.get(duration.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException running) {
            return Optional.empty();
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    void cancel() {
        session.cancel();
    }
}
