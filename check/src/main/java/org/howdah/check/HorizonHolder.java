package org.howdah.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ActivityFact;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.PreparedTransactionFact;
import org.howdah.postgres.ReplicaFact;
import org.howdah.postgres.ServerFacts;
import org.howdah.postgres.SlotFact;
import org.howdah.remedy.Subject;

/**
 * Something that keeps dead rows from being removed.
 *
 * @param name what it is, as a person would say it
 * @param age transactions since the oldest that it may still see
 * @param advice how it is made to let go
 * @param statement what would make it let go by force
 */
record HorizonHolder(
        Subject subject, String name, long age, String advice, Optional<String> statement) {

    /** All holders on the writer, the oldest first. */
    static List<HorizonHolder> of(ClusterFacts facts) {
        ServerFacts server = facts.main().server();
        return Stream.of(
                        server.activity().orNone().stream().flatMap(HorizonHolder::session),
                        server.replicas().orNone().stream()
                                .flatMap(replica -> replica(replica, facts)),
                        server.slots().orNone().stream().flatMap(slot -> slot(slot, facts)),
                        server.preparedTransactions().orNone().stream()
                                .map(HorizonHolder::prepared))
                .flatMap(holders -> holders)
                .sorted(Comparator.comparingLong(HorizonHolder::age).reversed())
                .toList();
    }

    /** A walsender's age is its standby's, which is listed as such. */
    private static Stream<HorizonHolder> session(ActivityFact session) {
        if (session.backendType().equals("walsender")
                || (session.xminAge().isEmpty() && session.xidAge().isEmpty())) {
            return Stream.empty();
        }
        String since =
                session.transactionAge()
                        .map(age ->
                                ", in a transaction for " + org.howdah.report.Units.duration(age))
                        .orElse("");
        return Stream.of(
                new HorizonHolder(
                        Sessions.subject(session),
                        Sessions.describe(session) + since,
                        Math.max(session.xminAge().orElse(0), session.xidAge().orElse(0)),
                        "Let its program end the transaction; end the session where nobody knows it",
                        session.isClient()
                                ? Optional.of(Sessions.terminate(session))
                                : Optional.empty()));
    }

    private static Stream<HorizonHolder> replica(ReplicaFact replica, ClusterFacts facts) {
        return replica.xminAge().stream()
                .mapToObj(age ->
                        new HorizonHolder(
                                new Subject(Subject.Kind.NODE, "", replica.application()),
                                "hot_standby_feedback of " + replica.application() + reader(facts),
                                age,
                                "End the long query on the reader",
                                Optional.empty()));
    }

    /** The longest query on the readers, where they were read too. */
    private static String reader(ClusterFacts facts) {
        return facts.readers().stream()
                .map(Catalog::server)
                .flatMap(server -> server.activity().orNone().stream())
                .filter(session -> session.xminAge().isPresent())
                .max(Comparator.comparingLong(session -> session.xminAge().orElse(0)))
                .map(session -> ", where " + Sessions.describe(session) + " reads")
                .orElse("");
    }

    private static Stream<HorizonHolder> slot(SlotFact slot, ClusterFacts facts) {
        if (slot.xminAge().isEmpty() && slot.catalogXminAge().isEmpty()) {
            return Stream.empty();
        }
        if (slot.active() && slot.type().equals("physical")) {
            // What a reader that has a slot feeds back is kept there, not with its walsender.
            return Stream.of(
                    new HorizonHolder(
                            Slots.subject(slot),
                            "hot_standby_feedback through slot " + slot.name() + reader(facts),
                            slot.xminAge().orElse(0),
                            "End the long query on the reader",
                            Optional.empty()));
        }
        boolean catalogOnly = slot.xminAge().isEmpty();
        return Stream.of(
                new HorizonHolder(
                        Slots.subject(slot),
                        "%s slot %s%s%s"
                                .formatted(
                                        slot.type(),
                                        slot.name(),
                                        slot.active() ? "" : ", which nobody uses",
                                        catalogOnly ? " (system catalogs only)" : ""),
                        Math.max(slot.xminAge().orElse(0), slot.catalogXminAge().orElse(0)),
                        "Let its consumer catch up, or drop it where it has none",
                        slot.active() ? Optional.empty() : Optional.of(Slots.drop(slot))));
    }

    private static HorizonHolder prepared(PreparedTransactionFact prepared) {
        return new HorizonHolder(
                new Subject(
                        Subject.Kind.SESSION,
                        prepared.database(),
                        "prepared transaction " + prepared.identifier()),
                "prepared transaction " + prepared.identifier() + " of role " + prepared.owner(),
                prepared.xidAge(),
                "Ask its transaction manager for the outcome; commit or roll it back",
                Optional.of(PreparedTransactionsCheck.rollback(prepared)));
    }
}
