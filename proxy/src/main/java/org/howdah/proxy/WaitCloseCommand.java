package org.howdah.proxy;

import java.util.List;

/**
 * WAIT_CLOSE [database]: answers when every server connection that a RECONNECT or a RELOAD has
 * condemned is closed.
 */
record WaitCloseCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException, InterruptedException {
        String database = ConsoleDatabase.oneOrAll(proxy, request);
        session.await(() -> condemned(database) == 0);
        return "WAIT_CLOSE";
    }

    private long condemned(String database) {
        return proxy.onEach(home -> home.servers().all()).stream()
                .flatMap(List::stream)
                .filter(server ->
                        database.isEmpty() || server.pool().key().database().equals(database))
                .filter(server -> server.epoch() != server.pool().state().epoch())
                .count();
    }
}
