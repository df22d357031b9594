/** Connection strings, versions, LSNs, guarded sessions and catalogue facts. */
@NullMarked
package org.howdah.postgres;

import org.jspecify.annotations.NullMarked;
