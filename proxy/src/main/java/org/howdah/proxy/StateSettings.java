package org.howdah.proxy;

import java.util.Optional;
import java.util.Set;

/**
 * What of a client's session is kept for it.
 *
 * @param ignoredStartup startup parameters that are accepted and dropped
 * @param trackedParameters settings that are kept for each client beside those that the server
 *     reports
 * @param resetQuery cleans a server connection in session mode
 * @param resetAlways runs it in every mode
 * @param checkQuery tests a server connection that was idle, and may be an empty query; empty: not
 *     tested
 * @param preparedStatements most statements that are kept prepared on a server connection; 0: named
 *     statements are not kept
 * @param autoPrepare prepares unnamed statements on the server when they are seen often
 * @param addHost adds the client's address to its {@code application_name}
 * @param welcome a notice to each client that has logged in
 * @param refuseSimple refuses the simple query protocol
 */
public record StateSettings(
        Set<String> ignoredStartup,
        Set<String> trackedParameters,
        String resetQuery,
        boolean resetAlways,
        Optional<String> checkQuery,
        int preparedStatements,
        boolean autoPrepare,
        boolean addHost,
        Optional<String> welcome,
        boolean refuseSimple) {

    public StateSettings {
        ignoredStartup = Set.copyOf(ignoredStartup);
        trackedParameters = Set.copyOf(trackedParameters);
    }
}
