package org.howdah.proxy;

/** RESUME [database]: ends a PAUSE, a SUSPEND or a KILL. */
record ResumeCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        Gate gate = proxy.pools().gate();
        if (proxy.control().ending()) {
            throw ConsoleException.state("the proxy is shutting down", "Start it again");
        }
        if (!request.hasArgument()) {
            if (gate.all() == Flow.OPEN && !gate.anyOwn()) {
                throw ConsoleException.state(
                        "the proxy is neither paused nor suspended",
                        "SHOW DATABASES tells which databases are paused");
            }
            if (gate.all() == Flow.OPEN) {
                // After a KILL of all.
                gate.openOwn();
            }
            proxy.control().stop(Flow.OPEN, "");
            return "RESUME";
        }
        // A database that a reload has removed meanwhile can still be resumed.
        String database = request.argument();
        if (gate.own(database) == Flow.OPEN) {
            ConsoleDatabase.one(proxy, request);
            throw ConsoleException.state(
                    "database %s is not paused".formatted(Quoted.of(database)),
                    "SHOW DATABASES tells which are");
        }
        proxy.control().stop(Flow.OPEN, database);
        return "RESUME";
    }
}
