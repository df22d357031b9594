package org.howdah.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks in their order over a few connections, a virtual thread each. The first failure ends
 * the others after their current task.
 */
final class Crew {
    private Crew() {}

    static void run(int connections, ConnectionSource source, List<Task> tasks) {
        Queue<Task> queue = new ConcurrentLinkedQueue<>(tasks);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(connections, tasks.size()); i++) {
                workers.add(threads.submit(() -> work(source, queue)));
            }
            for (Future<?> worker : workers) {
                await(worker, queue);
            }
        }
    }

    private static void await(Future<?> worker, Queue<Task> queue) {
        try {
            worker.get();
        } catch (ExecutionException failure) {
            queue.clear();
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure);
        } catch (InterruptedException interruption) {
            queue.clear();
            throw WorkloadException.interrupted("The work", interruption);
        }
    }

    private static void work(ConnectionSource source, Queue<Task> queue) {
        try (Connection connection = source.open()) {
            for (Task task = queue.poll(); task != null; task = queue.poll()) {
                try {
                    task.work().on(connection);
                } catch (SQLException failure) {
                    queue.clear();
                    throw WorkloadException.statement(task.description(), failure);
                }
            }
        } catch (SQLException failure) {
            queue.clear();
            throw WorkloadException.statement("A connection of the workload", failure);
        }
    }
}
