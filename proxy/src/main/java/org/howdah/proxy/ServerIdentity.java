package org.howdah.proxy;

import org.howdah.wire.CancelKey;

/**
 * What a server connection is from its login to its end, whoever has it.
 *
 * @param key by which a statement that runs on it can be canceled
 * @param target whom it was dialed as
 * @param number tells it apart from all other server connections
 * @param madeAt when it was logged in, by {@link System#nanoTime}
 */
record ServerIdentity(CancelKey key, ServerApproach.Target target, int number, long madeAt) {}
