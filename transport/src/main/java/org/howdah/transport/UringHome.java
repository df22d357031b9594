package org.howdah.transport;

import java.net.SocketAddress;

/**
 * What the channels of one listener share, so that an idle one stays small.
 *
 * @param transport the owner
 * @param local our address
 */
record UringHome(UringTransport transport, SocketAddress local) {}
