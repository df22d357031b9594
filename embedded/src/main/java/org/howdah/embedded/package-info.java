/** Real PostgreSQL servers on this machine. */
@NullMarked
package org.howdah.embedded;

import org.jspecify.annotations.NullMarked;
