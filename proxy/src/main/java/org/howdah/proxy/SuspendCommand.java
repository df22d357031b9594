package org.howdah.proxy;

/**
 * SUSPEND: nothing new begins, and what runs comes to its end; unlike PAUSE, server connections are
 * kept. Answers when all of them are free.
 */
record SuspendCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        request.refuseArgument();
        Gate gate = proxy.pools().gate();
        PauseCommand.refuseTwice(gate);
        if (gate.anyOwn()) {
            throw ConsoleException.state(
                    "single databases are paused already", "RESUME them first");
        }
        proxy.control().stop(Flow.SUSPENDED, "");
        session.await(() -> gate.all() != Flow.SUSPENDED || allFree());
        return "SUSPEND";
    }

    private boolean allFree() {
        return proxy.pools().all().stream()
                .map(Pool::state)
                .allMatch(state -> state.idle() == state.connections());
    }
}
