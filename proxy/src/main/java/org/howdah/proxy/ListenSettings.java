package org.howdah.proxy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.howdah.transport.SocketSettings;
import org.howdah.transport.TransportKind;

/**
 * Where clients come in.
 *
 * @param addresses host names or addresses, {@code *} for all
 * @param port TCP port, and the number in the unix sockets' names; 0: the system chooses
 * @param unixDirectories where to put unix sockets {@code .s.PGSQL.<port>}
 * @param unixGroup the group of the unix sockets' files
 * @param sockets for clients and servers alike
 * @param transport empty: the best that the system has
 * @param loops threads; 0: as was measured best for the machine
 */
public record ListenSettings(
        List<String> addresses,
        int port,
        List<Path> unixDirectories,
        Optional<String> unixGroup,
        SocketSettings sockets,
        Optional<TransportKind> transport,
        int loops) {

    public ListenSettings {
        addresses = List.copyOf(addresses);
        unixDirectories = List.copyOf(unixDirectories);
    }
}
