package org.howdah.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Scanner;
import java.util.random.RandomGenerator;

/**
 * Finds a free port below the range from which the system gives ports to outgoing connections: a
 * port that nobody is given by chance is still free when a crashed server wants it back.
 */
final class Ports {

    private static final int LOWEST = 10_000;
    private static final int USUAL_START_OF_OUTGOING = 32_768;
    private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private final RandomGenerator random;

    Ports(RandomGenerator random) {
        this.random = random;
    }

    int free() {
        int highest = highest();
        for (int attempt = 0; attempt < 500; attempt++) {
            int port = random.nextInt(LOWEST, highest);
            if (isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedException(
                "No free port was found between " + LOWEST + " and " + highest + ".",
                "Name one that is free, or end some servers.");
    }

    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int highest() {
        try {
            int start = new Scanner(ProcFile.read(OUTGOING)).nextInt();
            return start > LOWEST + 1_000 ? start : 65_535;
        } catch (IOException | NoSuchElementException unknown) {
            return USUAL_START_OF_OUTGOING;
        }
    }
}
