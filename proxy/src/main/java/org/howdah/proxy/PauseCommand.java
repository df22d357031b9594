package org.howdah.proxy;

/**
 * PAUSE [database]: nobody gets a server connection any more; answers when those that were in use
 * have come back and are closed. In session mode that is when their clients have left.
 */
record PauseCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        String database = ConsoleDatabase.oneOrAll(proxy, request);
        Gate gate = proxy.pools().gate();
        refuseTwice(gate);
        proxy.control().stop(Flow.PAUSED, database);
        session.await(() -> !paused(gate, database) || proxy.pools().connections(database) == 0);
        return "PAUSE";
    }

    /** As PgBouncer: with everything stopped there is nothing more to stop. */
    static void refuseTwice(Gate gate) throws ConsoleException {
        if (gate.all() != Flow.OPEN) {
            throw ConsoleException.state(
                    "the proxy is paused or suspended already", "RESUME lets it run again");
        }
    }

    /** Somebody else may resume while this one waits. */
    private static boolean paused(Gate gate, String database) {
        return (database.isEmpty() ? gate.all() : gate.own(database)) == Flow.PAUSED;
    }
}
