package org.howdah.proxy;

/**
 * Clients of one pool share server connections: the same database for the same user.
 *
 * @param database the name by which clients call it
 * @param user the client's user
 */
record PoolKey(String database, String user) {

    @Override
    public String toString() {
        return database + "/" + user;
    }
}
