package org.howdah.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners and connections, over TCP and over unix sockets. */
@ParameterizedClass
@MethodSource("org.howdah.transport.TestLoop#transports")
class ListeningTest {
    private static final byte[] IP_6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final TransportWish wish;
    @TempDir Path directory;
    private final TestLoop loop;
    private final Recorder server = new Recorder();
    private final Recorder client = new Recorder();

    ListeningTest(TransportWish wish) {
        this.wish = wish;
        loop = TestLoop.start(wish);
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private UnixDomainSocketAddress path() {
        return UnixDomainSocketAddress.of(directory.resolve(".s.PGSQL.6432"));
    }

    private void talk(SocketAddress address) {
        Channel channel = loop.connect(address, client);
        client.connected.join();
        Channel accepted = server.channel();
        loop.run(() -> {
            channel.send(Peer.bytes("ping"), 0, 4);
            accepted.send(Peer.bytes("pong"), 0, 4);
        });
        server.awaitText("ping");
        client.awaitText("pong");
    }

    @Test
    void talksOverTcpAndKnowsTheAddresses() {
        Listening listening = loop.listen(server::on);
        talk(listening.local());
        assertThat(server.channel().local()).isEqualTo(listening.local());
        InetSocketAddress peer = (InetSocketAddress) server.channel().remote();
        assertThat(peer.getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(peer.getPort()).isPositive();
        assertThat(loop.call(() -> server.channel().peerUser())).isEmpty();
    }

    @Test
    void talksOverIpVersionSix() throws IOException {
        InetAddress six = InetAddress.getByAddress(IP_6_LOOPBACK);
        Listening listening = loop.listen(new InetSocketAddress(six, 0), server::on);
        talk(listening.local());
        assertThat(((InetSocketAddress) server.channel().remote()).getAddress()).isEqualTo(six);
    }

    @Test
    void talksOverUnixSockets() throws IOException {
        Listening listening = loop.listen(path(), settings(0640, 16), server::on);
        assertThat(listening.local()).isEqualTo(path());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path().getPath())))
                .isEqualTo("rw-r-----");
        talk(path());
        assertThat(server.channel().remote()).isInstanceOf(UnixDomainSocketAddress.class);
        assertThat(server.channel().local()).isEqualTo(path());
        assertThat(loop.call(() -> server.channel().peerUser()))
                .contains(System.getProperty("user.name"));
        loop.run(listening::close);
        assertThat(path().getPath()).doesNotExist();
    }

    private static SocketSettings settings(int mode, int backlog) {
        SocketSettings defaults = SocketSettings.DEFAULTS;
        return new SocketSettings(
                backlog, false, Optional.empty(), defaults.userTimeout(), 32 * 1024, mode);
    }

    @Test
    void replacesTheSocketOfAProcessThatHasEnded() throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(path());
        }
        assertThat(path().getPath()).exists();
        loop.listen(path(), server::on);
        talk(path());
    }

    @Test
    void refusesAPathThatIsInUse() throws IOException {
        loop.listen(path(), server::on);
        assertThatThrownBy(() -> loop.listen(path(), server::on))
                .hasCauseInstanceOf(BindException.class)
                .hasMessageContaining("in use");
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> loop.listen(UnixDomainSocketAddress.of(file), server::on))
                .hasMessageContaining("not a socket");
        assertThat(file).exists();
    }

    @Test
    void refusesAPortThatIsInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> loop.listen(other.getLocalSocketAddress(), server::on))
                    .hasCauseInstanceOf(BindException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void severalLoopsShareAPort() {
        SocketSettings shared =
                new SocketSettings(
                        16, true, Optional.empty(), SocketSettings.DEFAULTS.userTimeout(), 0, 0);
        ConcurrentLinkedQueue<EventLoop> owners = new ConcurrentLinkedQueue<>();
        try (TestLoop second = TestLoop.start(wish)) {
            Acceptor acceptor =
                    channel -> {
                        owners.add(channel.loop());
                        return new Recorder();
                    };
            SocketAddress address = loop.listen(TestLoop.anyPort(), shared, acceptor).local();
            second.listen(address, shared, acceptor);
            List<Peer> peers = new ArrayList<>();
            Awaitility.await()
                    .until(() -> {
                        peers.add(Peer.connect(address));
                        return owners.contains(loop.loop()) && owners.contains(second.loop());
                    });
            peers.forEach(Peer::close);
        }
    }

    @Test
    void aClosedListenerKeepsItsClients() throws IOException {
        Listening listening = loop.listen(server::on);
        try (Peer peer = Peer.connect(listening.local())) {
            server.channel();
            loop.run(() -> {
                listening.close();
                listening.close();
            });
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThatThrownBy(() -> Peer.connect(listening.local()).close())
                                    .isInstanceOf(ConnectException.class));
            peer.send("still here");
            server.awaitText("still here");
        }
    }

    @Test
    void takesAThousandClients() throws IOException {
        ConcurrentLinkedQueue<Recorder> servers = new ConcurrentLinkedQueue<>();
        Listening listening =
                loop.listen(channel -> {
                    Recorder recorder = new Recorder();
                    servers.add(recorder);
                    return recorder.on(channel);
                });
        for (int round = 0; round < 2; round++) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                peers.add(Peer.connect(listening.local()));
            }
            for (Peer peer : peers) {
                peer.send("x");
            }
            Awaitility.await()
                    .until(() ->
                            servers.size() == 1000
                                    && servers.stream().allMatch(s -> s.calls.get() == 1));
            assertThat(loop.<Integer>call(() -> loop.loop().channels())).isEqualTo(1000);
            peers.forEach(Peer::close);
            Awaitility.await().until(() -> loop.<Integer>call(() -> loop.loop().channels()) == 0);
            assertThat(servers).allMatch(s -> s.closing().equals(Closing.BY_PEER));
            servers.clear();
        }
    }
}
