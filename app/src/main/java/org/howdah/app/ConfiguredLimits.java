package org.howdah.app;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.postgres.Environment;
import org.howdah.remedy.GuardLimits;
import org.howdah.remedy.Permission;
import org.howdah.remedy.Policy;
import org.howdah.remedy.PolicyRule;
import org.howdah.remedy.TimeWindow;
import org.howdah.repository.RepositoryOptions;

/** What the configuration file means to the rooms that act by it. */
final class ConfiguredLimits {
    private final Configuration configuration;

    ConfiguredLimits(Configuration configuration) {
        this.configuration = configuration;
    }

    Policy policy() {
        List<PolicyRule> rules =
                configuration.policies().stream()
                        .map(policy ->
                                new PolicyRule(
                                        policy.kind(),
                                        policy.objects().orElse("*"),
                                        permission(policy.mode())))
                        .toList();
        return new Policy(
                configuration
                        .defaultMode()
                        .map(ConfiguredLimits::permission)
                        .orElse(Permission.ADVISE),
                rules,
                guards().flatMap(Configuration.GuardEntry::unknownBlocks).orElse(false));
    }

    private static Permission permission(Configuration.Mode mode) {
        return switch (mode) {
            case ADVISE -> Permission.ADVISE;
            case ASK -> Permission.ASK;
            case APPLY -> Permission.APPLY;
        };
    }

    private Optional<Configuration.GuardEntry> guards() {
        return configuration.guards();
    }

    GuardLimits limits() {
        GuardLimits defaults = GuardLimits.defaults();
        GuardLimits limits =
                defaults.withWindows(
                        configuration.windows().stream().map(ConfiguredLimits::window).toList());
        return guards().map(guards -> limits(limits, guards)).orElse(limits);
    }

    private static GuardLimits limits(GuardLimits given, Configuration.GuardEntry guards) {
        GuardLimits limits =
                given.withMaxReplicaLag(
                                guards.maxReplicaLag().orElse(given.maxReplicaLag()),
                                guards.maxReplicaLagBytes()
                                        .map(ByteSize::bytes)
                                        .orElse(given.maxReplicaLagBytes()))
                        .withDisk(
                                guards.freeDisk()
                                        .map(size -> OptionalLong.of(size.bytes()))
                                        .orElse(given.freeBytes()),
                                guards.reserveDisk()
                                        .map(ByteSize::bytes)
                                        .orElse(given.reserveBytes()))
                        .withOldestTransaction(
                                guards.oldestTransaction().orElse(given.oldestTransaction()));
        if (guards.maxActiveSessions().isPresent()) {
            limits = limits.withMaxActiveSessions(guards.maxActiveSessions().get());
        }
        if (guards.maxWalPerSecond().isPresent()) {
            limits = limits.withMaxWalBytesPerSecond(guards.maxWalPerSecond().get().bytes());
        }
        return limits;
    }

    private static TimeWindow window(Configuration.WindowEntry window) {
        Set<DayOfWeek> days =
                window.days()
                        .map(names ->
                                names.stream()
                                        .map(Configuration.Day::dayOfWeek)
                                        .collect(Collectors.toSet()))
                        .orElseGet(() -> EnumSet.allOf(DayOfWeek.class));
        return new TimeWindow(
                days, window.from(), window.to(), window.zone().orElseGet(ZoneId::systemDefault));
    }

    RepositoryOptions repository(Environment environment) {
        return configuration
                .repository()
                .map(entry -> RepositoryOptions.at(new Clusters(environment).repository(entry)))
                .orElseGet(RepositoryOptions::embedded);
    }
}
