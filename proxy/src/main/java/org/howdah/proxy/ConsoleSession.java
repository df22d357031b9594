package org.howdah.proxy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.howdah.wire.Diagnostic;

/** Who uses the console, and what a command may tell beside its rows. */
final class ConsoleSession {

    private static final Duration LOOK = Duration.ofMillis(5);

    private final String user;
    private final boolean admin;
    private volatile boolean gone;
    private volatile Optional<Diagnostic> notice = Optional.empty();

    /**
     * @param user name, for the log
     * @param admin whether the user may do more than look
     */
    ConsoleSession(String user, boolean admin) {
        this.user = user;
        this.admin = admin;
    }

    String user() {
        return user;
    }

    boolean admin() {
        return admin;
    }

    /** The client has gone: nobody waits for an answer any more. */
    void leave() {
        gone = true;
    }

    /** Tells this before the answer. */
    void notice(Diagnostic text) {
        notice = Optional.of(text);
    }

    Optional<Diagnostic> takeNotice() {
        Optional<Diagnostic> taken = notice;
        notice = Optional.empty();
        return taken;
    }

    /** Waits until the condition holds or the client has gone. Virtual threads only. */
    void await(BooleanSupplier condition) {
        while (!gone && !condition.getAsBoolean()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
