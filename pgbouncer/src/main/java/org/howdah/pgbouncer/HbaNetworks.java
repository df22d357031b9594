package org.howdah.pgbouncer;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.howdah.proxy.HbaRule.Network;
import org.howdah.proxy.Quoted;

/** Reads addresses of HBA rules. A host name is never asked for: that would hold up the log-in. */
final class HbaNetworks {
    private static final Pattern FOUR = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern SIX = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private HbaNetworks() {}

    /**
     * @param text an address, which may have its number of leading bits after a slash
     * @param mask the mask, where there is no slash; empty text where there is none
     * @throws IllegalArgumentException with a sentence
     */
    static Network network(String text, String mask) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        int length = address.getAddress().length * Byte.SIZE;
        if (slash < 0 && mask.isEmpty()) {
            throw new IllegalArgumentException(
                    "the address %s has no mask".formatted(Quoted.of(text)));
        }
        int bits = slash < 0 ? bits(mask, length) : number(text.substring(slash + 1));
        if (slash >= 0 && text.indexOf(':') >= 0 && length == 32) {
            bits -= 96; // An IPv4 address in IPv6's clothes.
        }
        if (bits < 0 || bits > length) {
            throw new IllegalArgumentException(
                    "the mask of %s has no such number of bits".formatted(Quoted.of(text)));
        }
        return new Network(address, bits);
    }

    /** Whether bits of the address that do not count are set. */
    static boolean hasLooseBits(Network network) {
        byte[] address = network.address().getAddress();
        for (int bit = network.bits(); bit < address.length * Byte.SIZE; bit++) {
            if ((address[bit / Byte.SIZE] >> (7 - bit % Byte.SIZE) & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The addresses of this machine. */
    static List<Network> sameHost() {
        return interfaces(address -> address.getAddress().getAddress().length * Byte.SIZE);
    }

    /** The networks that this machine is in. */
    static List<Network> sameNet() {
        return interfaces(InterfaceAddress::getNetworkPrefixLength);
    }

    private static List<Network> interfaces(ToIntFunction<InterfaceAddress> bits) {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(network -> network.getInterfaceAddresses().stream())
                    .map(address -> new Network(address.getAddress(), bits.applyAsInt(address)))
                    .toList();
        } catch (SocketException _) {
            throw new IllegalArgumentException("the system does not tell its own addresses");
        }
    }

    private static InetAddress address(String text) {
        if (FOUR.matcher(text).matches() || SIX.matcher(text).matches()) {
            try {
                return InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException _) {
                // The sentence below says it.
            }
        }
        throw new IllegalArgumentException("%s is no IP address".formatted(Quoted.of(text)));
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    private static int bits(String mask, int length) {
        byte[] bytes = address(mask).getAddress();
        if (bytes.length * Byte.SIZE != length) {
            return -1;
        }
        int bits = 0;
        while (bits < length && (bytes[bits / Byte.SIZE] >> (7 - bits % Byte.SIZE) & 1) != 0) {
            bits++;
        }
        // Ones after the first zero are no mask.
        for (int bit = bits; bit < length; bit++) {
            if ((bytes[bit / Byte.SIZE] >> (7 - bit % Byte.SIZE) & 1) != 0) {
                return -1;
            }
        }
        return bits;
    }
}
