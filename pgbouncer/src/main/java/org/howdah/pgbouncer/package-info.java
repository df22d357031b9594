/** PgBouncer's configuration files, read as settings of the proxy. */
@NullMarked
package org.howdah.pgbouncer;

import org.jspecify.annotations.NullMarked;
