package org.howdah.postgres;

/** What is true of the whole server: settings, activity, replication, statements, roles. */
public record ServerFacts(Facts<SettingFact> settings) {
    static ServerFacts read(Session session) {
        return new ServerFacts(session.facts(SettingFact.QUERY));
    }
}
