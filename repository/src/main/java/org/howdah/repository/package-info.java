/** Howdah's own state in PostgreSQL: store and migrations. */
@NullMarked
package org.howdah.repository;

import org.jspecify.annotations.NullMarked;
