package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedServerTest {

    private final Host host = Host.local().inMemory();
    private TemporaryDirectory scratch;
    private Path directory;

    @BeforeEach
    void makeDirectory() {
        scratch = TemporaryDirectory.in(host);
        directory = scratch.path().resolve("shared");
    }

    @AfterEach
    void deleteDirectory() {
        await().until(() -> PostmasterFile.running(new Layout(directory).data()).isEmpty());
        scratch.close();
    }

    private SharedServer join() {
        return SharedServer.join(directory, ServerOptions.throwaway(), host);
    }

    @Test
    void theLastOfThisProcessStopsIt() {
        Server server;
        try (SharedServer first = join()) {
            server = first.server();
            server.ensureDatabase("howdah");
            try (SharedServer second = join()) {
                assertThat(second.server().pid()).isEqualTo(server.pid());
            }
            assertThat(server.running()).isTrue();
            assertThatThrownBy(() ->
                            SharedServer.join(
                                    directory, ServerOptions.throwaway().withMajor(16), host))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("belongs to PostgreSQL 18, not 16");
        }
        assertThat(server.running()).isFalse();
    }

    @Test
    void processesThatRaceShareOneAndTheLastStopsIt() throws Exception {
        List<ChildJvm> children = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                children.add(ChildJvm.start("shared", directory.toString()));
            }
            String told = children.getFirst().line();
            for (ChildJvm child : children.subList(1, 3)) {
                assertThat(child.line()).isEqualTo(told);
            }
            String pid = told.substring(0, told.indexOf(' '));
            children.get(0).dismiss();
            children.get(1).kill();
            assertThat(ChildJvm.allGone(Stream.of(pid))).isFalse();
            children.get(2).dismiss();
            assertThat(ChildJvm.allGone(Stream.of(pid))).isTrue();
        } finally {
            for (ChildJvm child : children) {
                child.close();
            }
        }
    }

    @Test
    void itEndsWhenItsLastUserIsKilledEvenFrozen() throws Exception {
        try (ChildJvm child = ChildJvm.start("shared", directory.toString())) {
            String pid = child.words().getFirst();
            Server.on(directory, ServerOptions.throwaway(), host).freeze();
            child.kill();
            await().until(() -> ChildJvm.allGone(Stream.of(pid)));
        }
    }

    @Test
    void afterACrashTheNextUserFindsItOnTheSamePort() {
        try (SharedServer first = join()) {
            first.server().crash();
            try (SharedServer second = join()) {
                assertThat(second.server().running()).isTrue();
                assertThat(second.server().port()).isEqualTo(first.server().port());
            }
            assertThat(Sql.on(first.server()).text("SELECT 1")).isEqualTo("1");
        }
    }
}
