package org.howdah.proxy;

import java.util.Locale;

/** The database that a command of the console names; empty text for all of them. */
final class ConsoleDatabase {

    private ConsoleDatabase() {}

    /** One or all. */
    static String oneOrAll(Proxy proxy, ConsoleRequest request) throws ConsoleException {
        return request.hasArgument() ? known(proxy, request.argument()) : "";
    }

    /** One. */
    static String one(Proxy proxy, ConsoleRequest request) throws ConsoleException {
        if (!request.hasArgument()) {
            throw ConsoleException.of(
                    request.command().toUpperCase(Locale.ROOT) + " needs a database",
                    "SHOW DATABASES lists them");
        }
        return known(proxy, request.argument());
    }

    private static String known(Proxy proxy, String name) throws ConsoleException {
        if (name.equals(ConsoleDoor.DATABASE)) {
            throw ConsoleException.of(
                    "the console itself cannot be stopped", "SHOW DATABASES lists what can be");
        }
        if (proxy.settings().database(name).isEmpty()) {
            throw ConsoleException.unknown(
                    "there is no database " + Quoted.of(name), "SHOW DATABASES lists them");
        }
        return name;
    }
}
