package org.howdah.rehearsal;

import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.howdah.wire.Credentials;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;

/**
 * One client of the desync fuzzer, for one thread: it connects, sends what its script says in
 * pieces of any size, judges what comes, asks for cancels, vanishes in the midst of anything, and
 * begins again.
 */
final class DesyncClient {

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final SocketAddress address;
    private final DesyncCounters counters;
    private final DesyncTranscript transcript = new DesyncTranscript();
    private final Random random;
    private final DesyncScript script;
    private final String owner;

    /**
     * @param number of this client, from 0
     */
    DesyncClient(
            SocketAddress address, DesyncOptions options, int number, DesyncCounters counters) {
        this.address = address;
        this.counters = counters;
        this.random = new Random(options.seed() * 1_000_003 + number);
        this.owner = "c" + number + "_";
        this.script = new DesyncScript(random, owner, options.mode().transactions());
    }

    String transcript() {
        return transcript.toString();
    }

    /** Works until it is told to stop; what is wrong is a {@link DesyncViolation}. */
    void run(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            WireClient client = connect();
            try {
                session(client, goesOn);
            } catch (DesyncGone gone) {
                transcript.note(gone.why());
                counters.disconnects().increment();
                drop(client);
            }
        }
    }

    private void drop(WireClient client) {
        try {
            client.abort();
        } catch (UncheckedIOException gone) {
            transcript.note("was gone already");
        }
    }

    private WireClient connect() {
        transcript.note("connects");
        StartupMessage startup =
                StartupMessage.of(
                        random.nextBoolean() ? ProtocolVersion.V3_2 : ProtocolVersion.V3_0,
                        "postgres",
                        DesyncProxy.DATABASE);
        try {
            return WireClient.connect(address, PATIENCE).login(startup, Credentials.none());
        } catch (UncheckedIOException failure) {
            throw new DesyncViolation("it cannot log in: " + failure.getCause());
        }
    }

    private void session(WireClient client, BooleanSupplier goesOn) {
        DesyncReplies replies = new DesyncReplies(client, transcript, owner);
        DesyncJudge judge = new DesyncJudge(replies);
        int episodes = 1 + random.nextInt(200);
        for (int i = 0; i < episodes && goesOn.getAsBoolean(); i++) {
            episode(client, replies, judge);
        }
        if (random.nextBoolean()) {
            client.close();
        } else {
            client.abort();
        }
        counters.disconnects().increment();
    }

    private void episode(WireClient client, DesyncReplies replies, DesyncJudge judge) {
        DesyncScript.Episode episode = script.next(judge.status(), judge.portals());
        boolean sleeps = episode.kind() == DesyncScript.Kind.SLEEPING;
        boolean steady = episode.kind() == DesyncScript.Kind.STEADY;
        boolean cancels = sleeps || (!steady && random.nextInt(25) == 0);
        Thread canceler = cancels ? canceler(client, sleeps, replies) : Thread.currentThread();
        try {
            for (DesyncScript.Stage stage : episode.stages()) {
                stage(client, judge, stage);
            }
        } finally {
            if (cancels) {
                replies.canceling(false);
                join(canceler);
            }
        }
        counters.episodes().increment();
        if (episode.kind() == DesyncScript.Kind.CONFUSING) {
            throw new DesyncGone("it has confused its session");
        }
    }

    private void stage(WireClient client, DesyncJudge judge, DesyncScript.Stage stage) {
        MessageWriter out = MessageWriter.heap(4096);
        for (DesyncMessage message : stage.messages()) {
            transcript.sent(message);
            message.writeTo(out);
        }
        byte[] bytes = out.toByteArray();
        if (random.nextInt(400) == 0) {
            vanish(client, bytes);
        }
        send(client, bytes);
        for (DesyncMessage message : stage.messages()) {
            if (random.nextInt(4000) == 0) {
                vanish(client, new byte[0]);
            }
            judge.judge(message);
            counters.operations().increment();
        }
    }

    /** Leaves with the beginning of what it wanted to send. */
    private void vanish(WireClient client, byte[] bytes) {
        try {
            client.sendBytes(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            if (random.nextBoolean()) {
                pause(random.nextInt(3000));
            }
            if (random.nextBoolean()) {
                client.close();
            } else {
                client.abort();
            }
        } catch (UncheckedIOException gone) {
            transcript.note("was gone already");
        }
        throw new DesyncGone("it vanished");
    }

    private void send(WireClient client, byte[] bytes) {
        try {
            int pieces = random.nextInt(8) == 0 ? 1 + random.nextInt(5) : 0;
            int from = 0;
            for (int cut : cuts(bytes.length, pieces)) {
                client.sendBytes(Arrays.copyOfRange(bytes, from, cut));
                from = cut;
                pause(random.nextInt(500));
            }
            client.sendBytes(Arrays.copyOfRange(bytes, from, bytes.length));
        } catch (UncheckedIOException failure) {
            // What was said before the end is still to be read, and judged.
            transcript.note("cannot send: " + failure.getCause());
        }
    }

    private List<Integer> cuts(int length, int count) {
        List<Integer> cuts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cuts.add(random.nextInt(length + 1));
        }
        cuts.sort(null);
        return cuts;
    }

    private static void pause(int microseconds) {
        LockSupport.parkNanos(microseconds * 1_000L);
    }

    /** Asks for a cancel after a moment; one that must come through is asked for until it does. */
    private Thread canceler(WireClient client, boolean untilDone, DesyncReplies replies) {
        replies.canceling(true);
        int after = random.nextInt(untilDone ? 30_000 : 5_000);
        return Thread.startVirtualThread(() -> {
            pause(after);
            try {
                do {
                    client.cancel();
                    counters.cancels().increment();
                    pause(100_000);
                } while (untilDone && replies.canceling());
            } catch (UncheckedIOException failure) {
                transcript.note("the cancel broke: " + failure.getCause());
            }
        });
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException interruption) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
