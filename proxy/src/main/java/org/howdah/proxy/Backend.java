package org.howdah.proxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the servers of a database are and how to enter them.
 *
 * @param hosts names, addresses or directories of unix sockets; at least one
 * @param rotate with several hosts: each new connection goes to the next; else to the same until it
 *     fails, then to the next
 * @param port TCP port, or the number in the unix socket's name
 * @param database the name there; empty: the client's
 * @param user the user to enter as; empty: the client's own
 * @param password for {@code user}; empty: from the users' file, the client's SCRAM keys or .pgpass
 * @param startup settings that each server connection starts with, such as {@code search_path}
 * @param connectQuery run once on each new server connection; its errors are logged only
 */
public record Backend(
        List<String> hosts,
        boolean rotate,
        int port,
        String database,
        Optional<String> user,
        Optional<Secret> password,
        Map<String, String> startup,
        Optional<String> connectQuery) {

    public Backend {
        hosts = List.copyOf(hosts);
        startup = Map.copyOf(startup);
    }
}
