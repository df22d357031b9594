package org.howdah.proxy;

/** DISABLE database: nobody can log in to it any more; clients that are there stay. */
record DisableCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        proxy.pools().gate().disable(ConsoleDatabase.one(proxy, request));
        return "DISABLE";
    }
}
