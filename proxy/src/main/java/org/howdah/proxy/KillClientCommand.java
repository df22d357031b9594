package org.howdah.proxy;

import java.util.Optional;

/** KILL_CLIENT id: drops one client, and the server connection that works for it. */
record KillClientCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        Client client =
                number(request.argument())
                        .flatMap(proxy.clientTable()::byNumber)
                        .orElseThrow(() ->
                                ConsoleException.unknown(
                                        "there is no client " + Quoted.of(request.argument()),
                                        "SHOW CLIENTS lists them, with their id"));
        client.home()
                .loop()
                .execute(() -> {
                    Server server = client.server();
                    client.refuse(Refusal.KILLED);
                    if (server != null) {
                        server.fail("an administrator has ended its client");
                    }
                });
        return "KILL_CLIENT";
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
