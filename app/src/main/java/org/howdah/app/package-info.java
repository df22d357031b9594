/** The command line and the configuration file. */
@NullMarked
package org.howdah.app;

import org.jspecify.annotations.NullMarked;
