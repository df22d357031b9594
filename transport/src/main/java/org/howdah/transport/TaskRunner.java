package org.howdah.transport;

/** Runs a task and outlives its failure. */
@FunctionalInterface
interface TaskRunner {
    void run(Runnable task);
}
