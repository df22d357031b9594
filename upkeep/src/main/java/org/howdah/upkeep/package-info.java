/** Mending a cluster: findings, policy and remedies carried out under guards. */
@NullMarked
package org.howdah.upkeep;

import org.jspecify.annotations.NullMarked;
