package org.howdah.postgres;

/** By what logical replication finds the row that was updated or deleted. */
public enum ReplicaIdentity {
    /** The primary key, where there is one. */
    DEFAULT,
    INDEX,
    FULL,
    NOTHING
}
