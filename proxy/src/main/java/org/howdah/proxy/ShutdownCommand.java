package org.howdah.proxy;

import java.util.Locale;

/** SHUTDOWN [WAIT_FOR_SERVERS | WAIT_FOR_CLIENTS]: ends the proxy. */
record ShutdownCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        Shutdown how =
                switch (request.argument().toUpperCase(Locale.ROOT)) {
                    case "" -> Shutdown.NOW;
                    case "WAIT_FOR_SERVERS" -> Shutdown.WAIT_FOR_SERVERS;
                    case "WAIT_FOR_CLIENTS" -> Shutdown.WAIT_FOR_CLIENTS;
                    default ->
                            throw ConsoleException.of(
                                    "SHUTDOWN does not know " + Quoted.of(request.argument()),
                                    "It takes WAIT_FOR_SERVERS, WAIT_FOR_CLIENTS or nothing");
                };
        proxy.control().shutdown(how);
        return "SHUTDOWN";
    }
}
