/** The PostgreSQL wire protocol: messages, authentication, what libpq's sslmode means. */
@NullMarked
package org.howdah.wire;

import org.jspecify.annotations.NullMarked;
