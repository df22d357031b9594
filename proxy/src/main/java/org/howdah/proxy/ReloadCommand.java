package org.howdah.proxy;

import org.howdah.postgres.HowdahException;

/** RELOAD: reads the configuration anew. */
record ReloadCommand(Proxy proxy) implements ConsoleCommand {

    @Override
    public String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException {
        request.refuseArgument();
        try {
            proxy.control().reload();
        } catch (HowdahException wrong) {
            throw ConsoleException.of("nothing was changed: " + wrong.getMessage(), wrong.hint());
        }
        return "RELOAD";
    }
}
