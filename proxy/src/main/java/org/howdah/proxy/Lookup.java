package org.howdah.proxy;

/** What became of the search for a user. */
sealed interface Lookup {

    record Found(Account account) implements Lookup {}

    /** There is no such user; the client must not learn it from this. */
    record Unknown() implements Lookup {}

    /** Nobody can say. */
    record Failed(Refusal why) implements Lookup {}
}
