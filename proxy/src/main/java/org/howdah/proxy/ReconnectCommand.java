package org.howdah.proxy;

/** RECONNECT [database]: server connections are replaced by new ones as they become free. */
record ReconnectCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        String database = ConsoleDatabase.oneOrAll(proxy, request);
        proxy.pools().of(database).forEach(Pool::reconnect);
        return "RECONNECT";
    }
}
