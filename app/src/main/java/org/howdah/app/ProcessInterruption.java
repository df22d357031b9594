package org.howdah.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Interruption of this process, by a shutdown hook. A Java machine that a signal ends has the exit
 * code of the signal (130 for Ctrl-C), whatever the command says; so the hook waits for the
 * command's own code and ends the machine with it.
 */
final class ProcessInterruption implements Interruption {
    /** Ends the longest remedy that can be ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    @Override
    public Registration during(BooleanSupplier stop) {
        Thread hook = new Thread(() -> stopAndEnd(stop), "howdah-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endingAlready) {
                // The hook runs, and waits for the exit code.
            }
        };
    }

    private void stopAndEnd(BooleanSupplier stop) {
        if (stop.getAsBoolean()) {
            // What came to its end is printed and closed; other hooks there are none.
            awaitExitCode().ifPresent(Runtime.getRuntime()::halt);
        }
    }

    private Optional<Integer> awaitExitCode() {
        try {
            return Optional.of(exitCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException late) {
            return Optional.empty();
        }
    }

    @Override
    public Registration on(String signal, Runnable action) {
        return Signals.handle(signal, action)::run;
    }

    /** The command is over and everything it opened is closed; does not return. */
    void end(int code) {
        exitCode.complete(code);
        System.exit(code);
    }
}
