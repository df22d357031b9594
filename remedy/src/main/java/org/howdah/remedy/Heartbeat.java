package org.howdah.remedy;

import org.howdah.repository.RepositoryException;

/** Tells others through the repository that this process lives, from a thread of its own. */
final class Heartbeat implements AutoCloseable {
    private final Journal journal;
    private final RunnerProcess process;
    private final StopSignal end = new StopSignal();
    private final Thread thread;

    private Heartbeat(Journal journal, RunnerProcess process) {
        this.journal = journal;
        this.process = process;
        this.thread = Thread.ofVirtual().name("howdah-remedy-heartbeat").unstarted(this::beat);
    }

    static Heartbeat start(Journal journal, RunnerProcess process) {
        journal.enroll(process);
        Heartbeat heartbeat = new Heartbeat(journal, process);
        heartbeat.thread.start();
        return heartbeat;
    }

    private void beat() {
        while (!end.await(RunnerProcess.BEAT)) {
            written(() -> journal.beat(process));
        }
    }

    /**
     * Whether it came through. The next beat may; a lasting failure is reported by the journal's
     * own writes, and that we left shows by missing beats, too.
     */
    private static boolean written(Runnable write) {
        try {
            write.run();
            return true;
        } catch (RepositoryException away) {
            return false;
        }
    }

    @Override
    public void close() {
        end.stop();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        written(() -> journal.leave(process));
    }
}
