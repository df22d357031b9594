package org.howdah.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a listener's unix socket. */
record UnixPath(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(UnixPath.class);

    /** From the highest bit of a mode such as 0640 to the lowest. */
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OWNER_READ,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_EXECUTE
    };

    /**
     * Removes the socket of a process that has ended without doing so itself.
     *
     * @throws IOException when somebody listens there, or it is no socket
     */
    void clear() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        if (!isSocket()) {
            throw new BindException(path + " exists and is not a socket");
        }
        if (somebodyListens()) {
            throw new BindException("Address already in use");
        }
        Files.deleteIfExists(path);
    }

    private boolean isSocket() throws IOException {
        // The type bits of st_mode; a socket has 0140000 there.
        int mode = (Integer) Files.getAttribute(path, "unix:mode");
        return (mode & 0170000) == 0140000;
    }

    private boolean somebodyListens() {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            // False when the queue of the listener is full: it is there.
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (IOException refused) {
            LOG.debug("Nobody listens on {}.", path, refused);
            return false;
        }
    }

    void permit(int mode) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < BITS.length; i++) {
            if ((mode >> (BITS.length - 1 - i) & 1) != 0) {
                permissions.add(BITS[i]);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
    }

    /** The listener has closed. */
    static void removeOf(SocketAddress local) {
        if (local instanceof UnixDomainSocketAddress unix) {
            try {
                Files.deleteIfExists(unix.getPath());
            } catch (IOException failure) {
                LOG.warn("The socket {} could not be removed: {}", unix, failure.getMessage());
            }
        }
    }
}
