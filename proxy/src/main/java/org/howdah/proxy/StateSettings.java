package org.howdah.proxy;

import java.util.Set;

/**
 * What of a client's session is kept for it.
 *
 * @param ignoredStartup startup parameters that are accepted and dropped
 * @param trackedParameters settings that are kept for each client beside those that the server
 *     reports
 * @param resetQuery cleans a server connection in session mode
 * @param resetAlways runs it in every mode
 * @param checkQuery tests a server connection that was idle; empty: not tested
 * @param preparedStatements most statements that are kept prepared on a server connection; 0: named
 *     statements are not kept
 * @param autoPrepare prepares unnamed statements on the server when they are seen often
 * @param addHost adds the client's address to its {@code application_name}
 */
public record StateSettings(
        Set<String> ignoredStartup,
        Set<String> trackedParameters,
        String resetQuery,
        boolean resetAlways,
        String checkQuery,
        int preparedStatements,
        boolean autoPrepare,
        boolean addHost) {

    public StateSettings {
        ignoredStartup = Set.copyOf(ignoredStartup);
        trackedParameters = Set.copyOf(trackedParameters);
    }
}
