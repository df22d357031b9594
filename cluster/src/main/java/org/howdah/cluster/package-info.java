/** Nodes, roles and lag of a cluster. */
@NullMarked
package org.howdah.cluster;

import org.jspecify.annotations.NullMarked;
