package org.howdah.check;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ReplicaFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** How far readers are behind: in receiving, which a failover loses, and in replaying. */
final class ReplicaLagCheck implements Check {
    /** One WAL file: more than is under way in a healthy stream. */
    private static final long FAR_BYTES = 16L << 20;

    private static final long VERY_FAR_BYTES = 1L << 30;
    private static final Duration LATE = Duration.ofSeconds(10);
    private static final Duration VERY_LATE = Duration.ofMinutes(1);

    @Override
    public String id() {
        return "replica-lag";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.of(
                facts.main().server().replicas(),
                replicas ->
                        replicas.stream()
                                .filter(replica ->
                                        replica.state().equals("streaming")
                                                || replica.state().equals("catchup"))
                                .flatMap(replica ->
                                        Stream.concat(
                                                shipping(replica).stream(),
                                                replay(replica).stream()))
                                .toList());
    }

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW
    private Optional<Finding> shipping(ReplicaFact replica) {
        return lag(
                replica,
                "shipping",
                replica.shippingBytes().orElse(0),
                replica.flushLag(),
                "has not received %s of the log%s",
                "What it has not received is lost if the writer is lost; the network or the reader's"
                        + " disk is too slow.",
                "Look at the network between the nodes and at writes on the reader's disk");
    }

    private Optional<Finding> replay(ReplicaFact replica) {
        Optional<Duration> behind =
                replica.replayLag().map(lag -> lag.minus(replica.flushLag().orElse(Duration.ZERO)));
        return lag(
                replica,
                "replay",
                replica.replayBytes().orElse(0),
                behind,
                "has received and not yet replayed %s of the log%s",
                "Its readers see old data and a failover to it takes longer; a long query on it"
                        + " holds replay up, or its one replaying process is too slow.",
                "Look for long queries on the reader, a paused replay, and its disk");
    }

    private Optional<Finding> lag(
            ReplicaFact replica,
            String kind,
            long bytes,
            Optional<Duration> time,
            String fact,
            String why,
            String advice) {
        Duration late = time.orElse(Duration.ZERO);
        if (bytes < FAR_BYTES && late.compareTo(LATE) < 0) {
            return Optional.empty();
        }
        boolean critical = bytes >= VERY_FAR_BYTES || late.compareTo(VERY_LATE) >= 0;
        Subject subject = new Subject(Subject.Kind.NODE, "", name(replica));
        String seconds = time.map(lag -> " (" + Units.duration(lag) + ")").orElse("");
        return Optional.of(
                Finding.of(
                                id(),
                                critical ? Severity.CRITICAL : Severity.WARNING,
                                subject,
                                name(replica) + " " + fact.formatted(Units.bytes(bytes), seconds),
                                why,
                                List.of(
                                        Measure.against(
                                                kind + " lag", bytes, Quantity.BYTES, FAR_BYTES),
                                        Measure.against(
                                                kind + " delay",
                                                late.toMillis() / 1000.0,
                                                Quantity.SECONDS,
                                                LATE.toMillis() / 1000.0)))
                        .with(new ByHand(subject, advice, List.of()))
                        .with(picture(replica)));
    }

    private static String name(ReplicaFact replica) {
        return replica.clientAddress()
                .map(address -> replica.application() + " at " + address)
                .orElse(replica.application());
    }

    private static Picture picture(ReplicaFact replica) {
        return new Picture.Share(
                "Where the log of " + replica.application() + " waits",
                Quantity.BYTES,
                List.of(
                        new Picture.Part("not sent", replica.unsentBytes().orElse(0)),
                        new Picture.Part(
                                "sent, not on its disk",
                                Math.max(
                                        0,
                                        replica.shippingBytes().orElse(0)
                                                - replica.unsentBytes().orElse(0))),
                        new Picture.Part("not replayed", replica.replayBytes().orElse(0))));
    }
}
