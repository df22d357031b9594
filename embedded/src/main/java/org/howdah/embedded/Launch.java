package org.howdah.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Starts a postmaster from a platform thread that lives as long as the server: the signal that ends
 * a tied server with its owner ({@code PR_SET_PDEATHSIG}) is sent when the <em>thread</em> that
 * started it ends, not the process.
 */
final class Launch {

    /** Ends at once when the owner died before the wish to die with it could be noted. */
    private static final String GUARD = "[ \"$PPID\" = \"$0\" ] && exec \"$@\"";

    private final Account account;
    private final boolean tied;

    Launch(Account account, Lifetime lifetime) {
        this.account = account;
        this.tied = lifetime == Lifetime.TIED;
    }

    Postmaster start(List<String> postgres, Path log) {
        CompletableFuture<Process> started = new CompletableFuture<>();
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("postmaster with " + log)
                .daemon()
                .start(() -> accompany(command(postgres), log.toFile(), started, exit));
        Process process = started.join();
        long startTicks =
                ProcessStatus.of(process.pid()).map(ProcessStatus::startTicks).orElse(-1L);
        return new Postmaster(process.pid(), startTicks, Optional.of(exit));
    }

    private static void accompany(
            List<String> command,
            File log,
            CompletableFuture<Process> started,
            CompletableFuture<Integer> exit) {
        Process process;
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(new File("/"))
                            .redirectErrorStream(true)
                            .redirectInput(new File("/dev/null"))
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
            // Nothing of ours, secrets least of all, is for another account.
            builder.environment().keySet().retainAll(Set.of("PATH"));
            builder.environment().put("LC_ALL", "C");
            process = builder.start();
        } catch (IOException failed) {
            started.completeExceptionally(
                    new EmbeddedException(
                            "The program " + command.getFirst() + " could not be started.",
                            "setsid and setpriv come with util-linux; install it.",
                            failed));
            return;
        }
        started.complete(process);
        while (!exit.isDone()) {
            try {
                exit.complete(process.waitFor());
            } catch (InterruptedException ignored) {
                // This thread must not end before the server does.
            }
        }
    }

    private List<String> command(List<String> postgres) {
        // A session of its own: Ctrl-C in a terminal is for Howdah, which then stops the server.
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(account.prefix(tied));
        if (tied) {
            long owner = ProcessHandle.current().pid();
            command.addAll(List.of("sh", "-c", GUARD, String.valueOf(owner)));
        }
        command.addAll(postgres);
        return command;
    }
}
