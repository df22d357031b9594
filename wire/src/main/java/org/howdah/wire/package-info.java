/**
 * The PostgreSQL wire protocol, 3.0 and 3.2: messages as values and as bytes, authentication, a
 * small blocking client. Byte-by-byte readers work on buffers by index and allocate nothing; the
 * classes named after messages are for what is not on the hot path.
 *
 * @see <a href="https://www.postgresql.org/docs/18/protocol-message-formats.html">Message
 *     Formats</a>
 */
@NullMarked
package org.howdah.wire;

import org.jspecify.annotations.NullMarked;
