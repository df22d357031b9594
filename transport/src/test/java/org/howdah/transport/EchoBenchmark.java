package org.howdah.transport;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a message costs: clients in another process send one message each and wait for its echo,
 * again and again.
 *
 * <p>{@code serve PORT TRANSPORT} runs the loop and prints its figures each second; {@code drive
 * PORT CLIENTS SECONDS BYTES} plays the clients and prints messages a second; {@code hold PORT
 * CLIENTS} connects idle ones and waits; {@code stream PORT CLIENTS SECONDS} sends as fast as it
 * can. All are this class, so that its classpath is all that is needed.
 */
final class EchoBenchmark {
    private EchoBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("serve")) {
            serve(port, TransportWish.valueOf(arguments[2]));
        } else if (arguments[0].equals("stream")) {
            stream(port, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        } else if (arguments[0].equals("hold")) {
            hold(port, Integer.parseInt(arguments[2]));
        } else {
            drive(
                    port,
                    Integer.parseInt(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]));
        }
    }

    // The server

    private static final class Echo implements Receiver {
        private static long messages;
        private static long bytes;
        private final Channel channel;

        Echo(Channel channel) {
            this.channel = channel;
        }

        @Override
        public int received(ByteBuffer in, int from, int to) {
            channel.send(in, from, to - from);
            messages++;
            bytes += to - from;
            if (channel.congested()) {
                channel.pauseReading();
            }
            return to;
        }

        @Override
        public void drained() {
            channel.resumeReading();
        }

        @Override
        public void closed(Closing why) {}
    }

    private record Sample(
            long messages,
            long bytes,
            long turns,
            long enters,
            long cpuNanos,
            long allocatedBytes) {}

    private static void serve(int port, TransportWish wish) throws Exception {
        EventLoop loop = Loops.start(wish, "loop");
        CompletableFuture<Boolean> listening = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                loop.listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        SocketSettings.DEFAULTS,
                        Echo::new);
                listening.complete(true);
            } catch (IOException failure) {
                listening.completeExceptionally(failure);
            }
        });
        listening.join();
        System.out.println(loop.choice());
        CompletableFuture<Boolean> never = new CompletableFuture<>();
        Sample[] last = {sample(loop)};
        loop.every(Duration.ofSeconds(1), () -> last[0] = report(last[0], sample(loop)));
        never.join();
    }

    private static Sample sample(EventLoop loop) {
        Transport sockets = ((LoopThread) loop).sockets();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return new Sample(
                Echo.messages,
                Echo.bytes,
                loop.turns(),
                sockets instanceof UringTransport uring ? uring.enters() : 0,
                threads.getCurrentThreadCpuTime(),
                threads.getCurrentThreadAllocatedBytes());
    }

    private static Sample report(Sample then, Sample now) {
        double messages = now.messages - then.messages;
        if (messages > 1000) {
            System.out.printf(
                    "%,.0f messages, %.3f us of the thread for each KB, %.2f us of the loop's thread, %.3f turns, %.3f enters, %.1f"
                            + " bytes allocated for each%n",
                    messages,
                    (now.cpuNanos - then.cpuNanos) / (double) (now.bytes - then.bytes),
                    (now.cpuNanos - then.cpuNanos) / messages / 1000,
                    (now.turns - then.turns) / messages,
                    (now.enters - then.enters) / messages,
                    (now.allocatedBytes - then.allocatedBytes) / messages);
        }
        return now;
    }

    // The clients

    /** Sends and receives as fast as it can. */
    private static void stream(int port, int clients, int seconds) throws IOException {
        try (Selector selector = Selector.open()) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
            for (int i = 0; i < clients; i++) {
                SocketChannel socket =
                        SocketChannel.open(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                socket.configureBlocking(false);
                socket.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE, socket);
            }
            long[] bytes = {0};
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                selector.select(key -> {
                    try {
                        SocketChannel socket = (SocketChannel) key.attachment();
                        bytes[0] += socket.read(buffer.clear());
                        socket.write(buffer.clear());
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
            }
            System.out.printf("%,d MB a second%n", bytes[0] / seconds / 1_000_000);
        }
    }

    private static void hold(int port, int clients) throws Exception {
        List<SocketChannel> sockets = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            SocketChannel socket = SocketChannel.open();
            // One address has fewer ports than there are clients in all processes.
            byte[] source = {127, 0, (byte) ProcessHandle.current().pid(), (byte) (1 + i / 20_000)};
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            sockets.add(socket);
        }
        System.out.println(sockets.size() + " are connected");
        new CompletableFuture<Boolean>().join();
    }

    private static void drive(int port, int clients, int seconds, int bytes) throws IOException {
        try (Selector selector = Selector.open()) {
            List<SocketChannel> sockets = new ArrayList<>();
            ByteBuffer message = ByteBuffer.allocateDirect(bytes);
            ByteBuffer answer = ByteBuffer.allocateDirect(bytes);
            for (int i = 0; i < clients; i++) {
                SocketChannel socket =
                        SocketChannel.open(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                socket.configureBlocking(false);
                socket.register(selector, SelectionKey.OP_READ, socket);
                sockets.add(socket);
            }
            for (SocketChannel socket : sockets) {
                socket.write(message.clear());
            }
            long[] count = {0};
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                selector.select(key -> {
                    try {
                        SocketChannel socket = (SocketChannel) key.attachment();
                        socket.read(answer.clear());
                        socket.write(message.clear());
                        count[0]++;
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
            }
            System.out.printf("%,d messages a second%n", count[0] / seconds);
        }
    }
}
