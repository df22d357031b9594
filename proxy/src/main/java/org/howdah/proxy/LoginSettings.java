package org.howdah.proxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may enter.
 *
 * @param method for clients that no rule decides about
 * @param rules the HBA file's, in order; used with {@link AuthMethod#HBA}
 * @param secrets of users: a password, an {@code md5...} hash or a {@code SCRAM-SHA-256$...}
 *     verifier
 * @param authUser runs {@code authQuery} for users that have no secret here
 * @param authQuery with {@code $1} for the user's name; answers name and secret
 * @param authDatabase where to run it; empty: in the client's database
 * @param admins users who may do everything on the console
 * @param watchers users who may look at the console
 * @param scramIterations for verifiers made from plain passwords
 */
public record LoginSettings(
        AuthMethod method,
        List<HbaRule> rules,
        Map<String, Secret> secrets,
        Optional<String> authUser,
        String authQuery,
        Optional<String> authDatabase,
        Set<String> admins,
        Set<String> watchers,
        int scramIterations) {

    public LoginSettings {
        rules = List.copyOf(rules);
        secrets = Map.copyOf(secrets);
        admins = Set.copyOf(admins);
        watchers = Set.copyOf(watchers);
    }
}
