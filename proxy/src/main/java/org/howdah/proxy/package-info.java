/** The wire proxy: clients, servers and the pools between them. */
@NullMarked
package org.howdah.proxy;

import org.jspecify.annotations.NullMarked;
