package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.howdah.wire.CancelKey;
import org.jspecify.annotations.Nullable;

/**
 * The clients of all loops by number, which is what their BackendKeyData calls the process. Secrets
 * are not kept: they follow from the number and a key that only this process knows, and a number
 * does not come again before its place in the table has been used 127 times.
 */
final class ClientTable {

    private static final int PLACE_BITS = 24;
    private static final int PLACES = 1 << PLACE_BITS;
    private static final int ROUNDS = 127;
    private static final int SHORT_SECRET = 4;
    private static final int LONG_SECRET = 32;

    private final Mac mac;
    private @Nullable Client[] clients = new @Nullable Client[64];
    private int[] free = new int[64];
    private byte[] rounds = new byte[64];
    private int freeCount;
    private int used;
    private int count;

    ClientTable(SecureRandom random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /**
     * Makes a client with a number of its own; empty when there are as many as there may be.
     *
     * @param most clients that there may be
     */
    synchronized Optional<Client> add(int most, IntFunction<Client> making) {
        if (count >= Math.min(most, PLACES)) {
            return Optional.empty();
        }
        int place = freeCount > 0 ? free[--freeCount] : used++;
        if (place >= clients.length) {
            int length = clients.length * 2;
            clients = Arrays.copyOf(clients, length);
            free = Arrays.copyOf(free, length);
            rounds = Arrays.copyOf(rounds, length);
        }
        rounds[place] = (byte) (rounds[place] % ROUNDS + 1);
        Client client = making.apply(rounds[place] << PLACE_BITS | place);
        clients[place] = client;
        count++;
        return Optional.of(client);
    }

    /** Whether it was there. */
    synchronized boolean remove(int number) {
        int place = number & (PLACES - 1);
        Client client = clients[place];
        if (client != null && client.number() == number) {
            clients[place] = null;
            free[freeCount++] = place;
            count--;
            return true;
        }
        return false;
    }

    synchronized int count() {
        return count;
    }

    /** All clients, for the console. */
    synchronized List<Client> all() {
        List<Client> all = new ArrayList<>(count);
        for (Client client : clients) {
            if (client != null) {
                all.add(client);
            }
        }
        return all;
    }

    /** Does this with the clients of one part of the table. */
    void forEach(int part, int parts, Consumer<Client> action) {
        List<Client> some = new ArrayList<>();
        synchronized (this) {
            for (int place = part; place < used; place += parts) {
                Client client = clients[place];
                if (client != null) {
                    some.add(client);
                }
            }
        }
        some.forEach(action);
    }

    /**
     * The key that a client is told.
     *
     * @param longSecret whether it speaks a protocol with long secrets (3.2)
     */
    CancelKey key(int number, boolean longSecret) {
        byte[] secret = secret(number);
        return CancelKey.of(number, Arrays.copyOf(secret, longSecret ? LONG_SECRET : SHORT_SECRET));
    }

    /** The client of this number. */
    synchronized Optional<Client> byNumber(int number) {
        int place = number & (PLACES - 1);
        Client client = place < clients.length ? clients[place] : null;
        return client != null && client.number() == number ? Optional.of(client) : Optional.empty();
    }

    /** The client that was told this key. */
    Optional<Client> byKey(CancelKey key) {
        byte[] given = key.secret();
        byte[] right = secret(key.processId());
        if ((given.length != SHORT_SECRET && given.length != LONG_SECRET)
                || !MessageDigest.isEqual(given, Arrays.copyOf(right, given.length))) {
            return Optional.empty();
        }
        return byNumber(key.processId());
    }

    private byte[] secret(int number) {
        synchronized (mac) {
            return mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        }
    }
}
