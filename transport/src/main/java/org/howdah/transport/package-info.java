/**
 * Event loops and their sockets. One thread owns a loop and all its channels; io_uring and java.nio
 * stand behind one interface.
 */
@NullMarked
package org.howdah.transport;

import org.jspecify.annotations.NullMarked;
