package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose process number means what. */
class RunnerProcessTest {
    private static final Duration LONG = RunnerProcess.SILENCE.plusSeconds(1);

    @TempDir private Path directory;

    private RunnerProcess in(String container, String boot, String namespace) throws IOException {
        Path proc = directory.resolve(container);
        Path random = proc.resolve("sys/kernel/random");
        Files.createDirectories(random);
        Files.createDirectories(proc.resolve("self/ns"));
        Files.writeString(random.resolve("boot_id"), boot + "\n");
        Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of(namespace));
        return RunnerProcess.current(proc);
    }

    @Test
    void processOfAnotherNamespaceIsJudgedByItsHeartbeatOnly() throws IOException {
        RunnerProcess here = in("here", "boot-1", "pid:[1]");
        for (RunnerProcess there :
                new RunnerProcess[] {
                    in("there", "boot-1", "pid:[2]"), in("elsewhere", "boot-2", "pid:[1]")
                }) {
            RunnerProcess unknownNumber =
                    new RunnerProcess(UUID.randomUUID(), there.host(), 0x7fff_ffff, Instant.EPOCH);
            assertThat(unknownNumber.isGone(here.host(), Duration.ofSeconds(5))).isFalse();
            assertThat(unknownNumber.isGone(here.host(), LONG)).isTrue();
        }
    }

    @Test
    void processOfTheSameNamespaceIsJudgedByItsNumber() throws IOException {
        RunnerProcess here = in("here", "boot-1", "pid:[1]");
        assertThat(here.isGone(here.host(), LONG)).isFalse();
        RunnerProcess ended =
                new RunnerProcess(UUID.randomUUID(), here.host(), 0x7fff_ffff, Instant.EPOCH);
        assertThat(ended.isGone(here.host(), Duration.ZERO)).isTrue();
    }

    /** Setting a machine's clock moves the time at which its processes seem to have started. */
    @Test
    void processThatSeemsToHaveStartedAtAnotherTimeIsThereWhileItBeats() throws IOException {
        RunnerProcess here = in("here", "boot-1", "pid:[1]");
        RunnerProcess shifted =
                new RunnerProcess(
                        UUID.randomUUID(),
                        here.host(),
                        here.pid(),
                        here.processStarted().plus(Duration.ofHours(3)));
        assertThat(shifted.isGone(here.host(), Duration.ofSeconds(15))).isFalse();
        assertThat(shifted.isGone(here.host(), LONG)).isTrue();
    }

    @Test
    void machineThatTellsNothingIsKnownByItsName() {
        assertThat(RunnerProcess.current(directory.resolve("nowhere")).host()).endsWith(" - -");
    }
}
