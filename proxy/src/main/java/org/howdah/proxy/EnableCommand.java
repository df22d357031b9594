package org.howdah.proxy;

/** ENABLE database: ends a DISABLE. */
record EnableCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        proxy.pools().gate().enable(ConsoleDatabase.one(proxy, request));
        return "ENABLE";
    }
}
