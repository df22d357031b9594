package org.howdah.remedy;

/**
 * Table-level locks, weakest first.
 *
 * <p>https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
 */
public enum LockMode {
    NONE,
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    /** As PostgreSQL writes it: {@code SHARE UPDATE EXCLUSIVE}. */
    public String sql() {
        return name().replace('_', ' ');
    }
}
