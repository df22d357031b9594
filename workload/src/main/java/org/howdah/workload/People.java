package org.howdah.workload;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What follows from a row's number alone, so that a request can ask for a value that is in the
 * table without having read it: who is busy, names, addresses, tokens.
 */
final class People {
    private final Population population;
    private final Zipf frequency;
    private final Scatter scatter;
    private final Scatter otherScatter;

    People(Population population) {
        long users = population.rows("users");
        this.population = population;
        this.frequency = new Zipf(users, Population.USER_EXPONENT);
        this.scatter = new Scatter(users, Seeds.mix(population.seed(), 1));
        this.otherScatter = new Scatter(users, Seeds.mix(population.seed(), 2));
    }

    /** A user; few of them are picked often, the same in the data and in the requests. */
    long busyUser(RandomGenerator random) {
        return scatter.identifier(frequency.rank(random));
    }

    /** As uneven, but others: who scans a lot is not who logs in a lot. */
    long scanningUser(RandomGenerator random) {
        return otherScatter.identifier(frequency.rank(random));
    }

    String username(long user) {
        return Vocabulary.invented(random("users", user)) + user;
    }

    String email(long user) {
        RandomGenerator random = random("users", user);
        return Vocabulary.invented(random) + user + "@mail" + random.nextInt(20) + ".example";
    }

    /** The hash under which an API key is kept, 64 hexadecimal digits. */
    String keyHash(long key) {
        return hexadecimal("api_keys", key, 4);
    }

    /** A session's secret, 32 hexadecimal digits. */
    String token(long session) {
        return hexadecimal("sessions", session, 2);
    }

    /** One of the three addresses that a user comes from, as four bytes in 10.0.0.0/8. */
    int address(long user, int choice) {
        long mixed = Seeds.mix(population.seed(), user, 7 + choice);
        return 0x0A000000 | (int) (mixed & 0x3FFFF);
    }

    static String dotted(int address) {
        return ((address >>> 24) & 255)
                + "."
                + ((address >>> 16) & 255)
                + "."
                + ((address >>> 8) & 255)
                + "."
                + (address & 255);
    }

    private RandomGenerator random(String table, long id) {
        return Seeds.random(population.seed(), table.hashCode(), id);
    }

    private String hexadecimal(String table, long id, int words) {
        StringBuilder text = new StringBuilder(words * 16);
        for (int i = 0; i < words; i++) {
            long mixed = Seeds.mix(Seeds.mix(population.seed(), table.hashCode()), id, i);
            text.append(HexFormat.of().toHexDigits(mixed));
        }
        return text.toString();
    }
}
