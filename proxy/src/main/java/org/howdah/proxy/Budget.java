package org.howdah.proxy;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** How many server connections there are for each database and each user, over all pools. */
final class Budget {

    private final Map<String, Integer> databases = new HashMap<>();
    private final Map<String, Integer> users = new HashMap<>();
    private volatile ToIntFunction<String> databaseLimit;
    private volatile ToIntFunction<String> userLimit;

    /** With the limit for each database and each user by name; 0: none. */
    Budget(ToIntFunction<String> databaseLimit, ToIntFunction<String> userLimit) {
        this.databaseLimit = databaseLimit;
        this.userLimit = userLimit;
    }

    void limits(ToIntFunction<String> database, ToIntFunction<String> user) {
        databaseLimit = database;
        userLimit = user;
    }

    /** Counts one more connection for this pool unless that is too many. */
    synchronized boolean take(PoolKey key) {
        int database = databases.getOrDefault(key.database(), 0);
        int user = users.getOrDefault(key.user(), 0);
        if (reached(databaseLimit.applyAsInt(key.database()), database)
                || reached(userLimit.applyAsInt(key.user()), user)) {
            return false;
        }
        databases.put(key.database(), database + 1);
        users.put(key.user(), user + 1);
        return true;
    }

    /** A connection of this pool is gone. */
    synchronized void giveBack(PoolKey key) {
        databases.merge(key.database(), -1, Integer::sum);
        users.merge(key.user(), -1, Integer::sum);
    }

    /** Those of a database. */
    synchronized int ofDatabase(String name) {
        return databases.getOrDefault(name, 0);
    }

    /** Those of a user. */
    synchronized int ofUser(String name) {
        return users.getOrDefault(name, 0);
    }

    /** Whether a database has all that it may have. */
    synchronized boolean databaseFull(String name) {
        return reached(databaseLimit.applyAsInt(name), ofDatabase(name));
    }

    /** Whether a user has all that it may have. */
    synchronized boolean userFull(String name) {
        return reached(userLimit.applyAsInt(name), ofUser(name));
    }

    int databaseLimit(String name) {
        return databaseLimit.applyAsInt(name);
    }

    int userLimit(String name) {
        return userLimit.applyAsInt(name);
    }

    private static boolean reached(int limit, int count) {
        return limit > 0 && count >= limit;
    }
}
