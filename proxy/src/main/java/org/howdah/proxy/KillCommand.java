package org.howdah.proxy;

/** KILL [database]: drops all its clients and server connections; new clients wait for RESUME. */
record KillCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        String database = ConsoleDatabase.oneOrAll(proxy, request);
        PauseCommand.refuseTwice(proxy.pools().gate());
        if (database.isEmpty()) {
            proxy.settings().databases().keySet().forEach(this::pause);
            proxy.pools().all().forEach(pool -> pause(pool.key().database()));
        } else {
            pause(database);
        }
        proxy.control().kill(database);
        return "KILL";
    }

    private void pause(String database) {
        if (proxy.pools().gate().own(database) != Flow.PAUSED) {
            proxy.control().stop(Flow.PAUSED, database);
        }
    }
}
