package org.howdah.workload;

import java.time.Duration;
import java.util.List;

/**
 * Ends statements that still run when a load is over: asks the server to cancel them, and when that
 * does not help (a frozen server answers nothing), cuts the connections. Used by one thread.
 */
final class Ending {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private enum Stage {
        BEFORE,
        CANCELLED,
        CUT
    }

    private final List<Client> clients;
    private Stage stage = Stage.BEFORE;
    private long cancelledNanos;

    Ending(List<Client> clients) {
        this.clients = List.copyOf(clients);
    }

    /** To be called again and again until the workers have ended; never blocks. */
    void proceed() {
        switch (stage) {
            case BEFORE -> {
                cancelledNanos = System.nanoTime();
                stage = Stage.CANCELLED;
                clients.forEach(client -> Thread.ofVirtual().start(client::cancel));
            }
            case CANCELLED -> {
                if (System.nanoTime() - cancelledNanos >= PATIENCE.toNanos()) {
                    stage = Stage.CUT;
                    clients.forEach(Client::cut);
                }
            }
            case CUT -> {
                // Nothing is left to do but to wait for the workers to notice.
            }
        }
    }
}
