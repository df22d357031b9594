package org.howdah.transport;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets by io_uring: one system call a turn sends what was collected, waits, and brings what has
 * come on all channels. Clients are accepted into the ring's own table of files, so that the limit
 * on open files of the process is not theirs; connections that we make are ordinary ones, since
 * only those can move to another loop without ado.
 */
final class UringTransport extends StreamTransport {
    private static final Logger LOG = LoggerFactory.getLogger(UringTransport.class);
    private static final int MORE = 1 << 1;
    private static final int WITH_BUFFER = 1;
    private static final int BUFFER_SHIFT = 16;
    private static final int PIECE_BYTES = 64 * 1024;

    private final Arena arena;
    private final UringSockets sockets;
    private final Ring ring;
    private final Requests requests;
    private final BufferRing buffers;
    private final DirectSlots slots;
    private final WakeUp wakeUp;
    private final Handles handles = new Handles();
    private final List<@Nullable UringListening> listeners = new ArrayList<>();
    private final IdentityHashMap<StreamChannel, Closing> dying = new IdentityHashMap<>();
    private final IdentityHashMap<StreamChannel, Chunk> addresses = new IdentityHashMap<>();
    private final IdentityHashMap<StreamChannel, Chunk> pieces = new IdentityHashMap<>();

    private UringTransport(
            LoopThread loop, Arena arena, SystemCalls calls, Ring ring, int mostDirect) {
        super(loop);
        this.arena = arena;
        this.sockets = new UringSockets(calls, arena);
        this.ring = ring;
        this.requests = new Requests(ring);
        this.buffers = new BufferRing(calls, arena, ring.descriptor());
        new UringProbe(calls, ring, requests).check(buffers);
        this.slots = DirectSlots.register(calls, arena, ring.descriptor(), mostDirect);
        this.wakeUp = new WakeUp(calls, arena);
        wakeUp.listen(requests);
    }

    /**
     * Opens a ring for a loop, by the loop's thread.
     *
     * @param choices of the ring's abilities, the best first
     * @param mostDirect how many clients may live in the ring's own table
     * @throws TransportException when the system does not grant one that works
     */
    static UringTransport open(LoopThread loop, List<RingAbilities> choices, int mostDirect) {
        Arena arena = Arena.ofConfined();
        try {
            SystemCalls calls = new SystemCalls(arena);
            Ring ring = Ring.open(calls, arena, choices);
            try {
                return new UringTransport(loop, arena, calls, ring, mostDirect);
            } catch (TransportException refused) {
                ring.close();
                throw refused;
            }
        } catch (TransportException refused) {
            arena.close();
            throw refused;
        }
    }

    @Override
    public EventLoop.Choice choice() {
        return new EventLoop.Choice(
                TransportKind.IO_URING,
                ring.abilities() + ", " + slots.size() + " direct descriptors");
    }

    Requests requests() {
        return requests;
    }

    UringSockets system() {
        return sockets;
    }

    DirectSlots slots() {
        return slots;
    }

    /** How often the kernel was entered; loop thread only. */
    long enters() {
        return ring.enters();
    }

    // The turn

    @Override
    void awaitSystem(long waitNanos) {
        buffers.publish();
        ring.submitAndWait(waitNanos);
    }

    @Override
    boolean deliverFromSystem() {
        boolean any = false;
        while (ring.hasNext()) {
            long completion = ring.next();
            long userData = Memory.getLong(completion);
            int outcome = Memory.getInt(completion + 8);
            int flags = Memory.getInt(completion + 12);
            any |= completed(Operation.of(userData), Operation.subject(userData), outcome, flags);
        }
        return any;
    }

    private boolean completed(int operation, int subject, int outcome, int flags) {
        switch (operation) {
            case Operation.RECEIVE -> received(handles.get(subject), outcome, flags);
            case Operation.STREAM -> pieceReceived(handles.get(subject), outcome);
            case Operation.SEND -> handles.get(subject).sendEnded(outcome);
            case Operation.CONNECT -> connectEnded(handles.get(subject), outcome);
            case Operation.SHUT_DOWN -> handles.get(subject).shutDownEnded();
            case Operation.ACCEPT -> accepted(subject, outcome);
            case Operation.INSTALL -> installed(handles.get(subject), outcome);
            case Operation.WAKE_UP -> wakeUp.listen(requests);
            default -> {
                return false;
            }
        }
        return operation != Operation.WAKE_UP;
    }

    private void received(UringChannel channel, int outcome, int flags) {
        if ((flags & WITH_BUFFER) != 0) {
            int buffer = flags >>> BUFFER_SHIFT;
            if (outcome > 0) {
                channel.receivedMore(buffers, buffer, outcome);
            }
            buffers.giveBack(buffer);
        }
        if ((flags & MORE) == 0) {
            channel.receiveEnded(outcome);
        }
    }

    /** Fetches what is there for a channel, in one piece. */
    void receiveNow(UringChannel channel) {
        Chunk piece = pool().take(PIECE_BYTES);
        pieces.put(channel, piece);
        requests.receiveNow(channel.handle(), piece.address, PIECE_BYTES);
    }

    private void pieceReceived(UringChannel channel, int outcome) {
        Chunk piece = Objects.requireNonNull(pieces.remove(channel));
        channel.pieceReceived(piece, outcome);
        pool().give(piece);
    }

    // Listening

    @Override
    public Listening listen(SocketAddress address, SocketSettings settings, Acceptor acceptor)
            throws IOException {
        int socket = sockets.listen(address, settings);
        SocketAddress local = NioSockets.isTcp(address) ? sockets.local(socket) : address;
        int number = listeners.indexOf(null);
        if (number < 0) {
            number = listeners.size();
            listeners.add(null);
        }
        UringListening listening =
                new UringListening(new UringHome(this, local), number, socket, acceptor);
        listeners.set(number, listening);
        listening.start();
        return listening;
    }

    private void accepted(int subject, int outcome) {
        UringListening listening = listeners.get(UringListening.number(subject));
        Objects.requireNonNull(listening).acceptEnded(UringListening.place(subject), outcome);
    }

    void forget(int listener) {
        listeners.set(listener, null);
    }

    /** A client is here. */
    void adoptAccepted(UringChannel channel, Acceptor acceptor, boolean turnedAway) {
        come();
        handles.put(channel.handle(), channel);
        if (turnedAway) {
            channel.close();
            return;
        }
        guarded(channel, () -> channel.receiver(acceptor.accepted(channel)));
        if (channel.reads()) {
            channel.listenForBytes();
        }
    }

    // Connecting

    @Override
    public Channel connect(SocketAddress address, SocketSettings settings, Receiver receiver) {
        UringHome home = new UringHome(this, address);
        UringChannel channel = new UringOtherChannel(home, receiver, Handles.NONE, address);
        Chunk bytes = pool().take(SystemAddresses.BYTES);
        come();
        channel.startConnecting();
        try {
            int length = SystemAddresses.write(address, bytes.bytes);
            channel.handle(Handles.plain(sockets.open(address, settings)));
            handles.put(channel.handle(), channel);
            addresses.put(channel, bytes);
            channel.connect(bytes.address, length);
        } catch (IOException failure) {
            pool().give(bytes);
            channel.failed(NioSockets.words(failure));
        }
        return channel;
    }

    private void connectEnded(UringChannel channel, int outcome) {
        pool().give(Objects.requireNonNull(addresses.remove(channel)));
        channel.connectEnded(outcome);
    }

    void learnLocal(UringChannel channel) {
        try {
            channel.local(sockets.local(Handles.number(channel.handle())));
        } catch (IOException gone) {
            LOG.debug("{} has gone before its address was read.", channel.remote(), gone);
        }
    }

    Optional<String> peerUser(int handle) {
        return Handles.isDirect(handle)
                ? Optional.empty()
                : sockets.peerUser(Handles.number(handle));
    }

    // Ending

    /** Whether it is only under way; its end is told then. */
    boolean shutDownOutput(int handle) {
        if (Handles.isDirect(handle)) {
            requests.shutDownOutput(handle);
            return true;
        }
        sockets.shutDownOutput(Handles.number(handle));
        return false;
    }

    /** The channel has something under way that is being canceled. */
    void dies(UringChannel channel, Closing why) {
        dying.put(channel, why);
    }

    Closing reason(UringChannel channel) {
        return Objects.requireNonNull(dying.remove(channel));
    }

    /** Nothing is under way on the channel any more. */
    void giveBack(UringChannel channel, Closing why) {
        int handle = channel.handle();
        if (handle != Handles.NONE) {
            handles.remove(handle);
            close(handle);
        }
        gone(channel, why);
    }

    private void close(int handle) {
        if (Handles.isDirect(handle)) {
            requests.closeDirect(handle);
            slots.giveBack();
        } else {
            sockets.close(Handles.number(handle));
        }
    }

    // Moving

    /** Nothing is under way on the channel; it may go once it has an ordinary descriptor. */
    void leave(UringChannel channel) {
        if (Handles.isDirect(channel.handle())) {
            requests.install(channel.handle());
        } else {
            handles.remove(channel.handle());
            letGo(channel);
        }
    }

    private void installed(UringChannel channel, int outcome) {
        handles.remove(channel.handle());
        close(channel.handle());
        if (outcome < 0) {
            LOG.warn("{} cannot move: {}", channel.remote(), SystemCalls.words(outcome));
        }
        channel.handle(outcome < 0 ? Handles.NONE : Handles.plain(outcome));
        letGo(channel);
    }

    @Override
    public void adopt(StreamChannel channel) {
        UringChannel arriving = (UringChannel) channel;
        come();
        if (arriving.handle() == Handles.NONE) {
            arriving.failed("Too many open files");
        } else {
            handles.put(arriving.handle(), arriving);
        }
    }

    /** Any thread. */
    void abandon(int handle) {
        if (handle != Handles.NONE) {
            try (Arena own = Arena.ofConfined()) {
                new SystemCalls(own).close(Handles.number(handle));
            }
        }
    }

    // The end

    @Override
    public void wakeUp() {
        wakeUp.ring();
    }

    @Override
    public void close() {
        try {
            requests.cancelEverything();
            ring.submitAndWait(0);
        } catch (IllegalStateException broken) {
            LOG.warn("The ring is broken; what was under way on it ends with it.", broken);
        }
        for (UringListening listening : listeners) {
            if (listening != null) {
                listening.closeNow();
            }
        }
        for (UringChannel channel : handles.all()) {
            if (channel != null && !Handles.isDirect(channel.handle())) {
                sockets.close(Handles.number(channel.handle()));
            }
        }
        wakeUp.close();
        ring.close();
        arena.close();
    }
}
