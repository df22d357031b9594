package org.howdah.transport;

/**
 * Writes what is to be done into a ring's submission queue: the offsets of struct io_uring_sqe and
 * the numbers of its operations are known here only. A socket is given by its handle, see {@link
 * Handles}.
 */
final class Requests {
    private static final int OP_ACCEPT = 13;
    private static final int OP_ASYNC_CANCEL = 14;
    private static final int OP_CONNECT = 16;
    private static final int OP_CLOSE = 19;
    private static final int OP_READ = 22;
    private static final int OP_SEND = 26;
    private static final int OP_RECV = 27;
    private static final int OP_SHUTDOWN = 34;
    private static final int OP_FIXED_FD_INSTALL = 54;

    private static final int OPCODE = 0;
    private static final int FLAGS = 1;
    private static final int IO_PRIORITY = 2;
    private static final int DESCRIPTOR = 4;
    private static final int OFFSET = 8;
    private static final int ADDRESS = 16;
    private static final int LENGTH = 24;
    private static final int OPERATION_FLAGS = 28;
    private static final int USER_DATA = 32;
    private static final int BUFFER_GROUP = 40;
    private static final int FILE_INDEX = 44;

    private static final int FIXED_FILE = 1;
    private static final int BUFFER_SELECT = 1 << 5;
    private static final int SKIP_SUCCESS = 1 << 6;

    private static final int RECV_MULTISHOT = 1 << 1;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_WAITALL = 0x100;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SHUT_WR = 1;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int ANY_SLOT = -1;
    private static final int CANCEL_ALL = 1;
    private static final int CANCEL_ANY = 1 << 2;

    private final Ring ring;

    Requests(Ring ring) {
        this.ring = ring;
    }

    private long entry(int operation, int flags, int descriptor, long userData) {
        long entry = ring.entry();
        Memory.putByte(entry + OPCODE, operation);
        Memory.putByte(entry + FLAGS, flags);
        Memory.putInt(entry + DESCRIPTOR, descriptor);
        Memory.putLong(entry + USER_DATA, userData);
        return entry;
    }

    private long entryFor(int handle, int operation, int flags, long userData) {
        int fixed = Handles.isDirect(handle) ? FIXED_FILE : 0;
        return entry(operation, flags | fixed, Handles.number(handle), userData);
    }

    /** Receives again and again until it is canceled, fails, or the buffers run out. */
    void receive(int handle) {
        long entry =
                entryFor(
                        handle,
                        OP_RECV,
                        BUFFER_SELECT,
                        Operation.userData(Operation.RECEIVE, handle));
        Memory.putShort(entry + IO_PRIORITY, RECV_MULTISHOT);
        Memory.putShort(entry + BUFFER_GROUP, BufferRing.GROUP);
    }

    /** Receives what is there into this memory; fails at once when nothing is. */
    void receiveNow(int handle, long address, int length) {
        long entry = entryFor(handle, OP_RECV, 0, Operation.userData(Operation.STREAM, handle));
        Memory.putLong(entry + ADDRESS, address);
        Memory.putInt(entry + LENGTH, length);
        Memory.putInt(entry + OPERATION_FLAGS, MSG_DONTWAIT);
    }

    /** Sends all of these bytes; fewer only when the connection breaks. */
    void send(int handle, long address, int length) {
        long entry = entryFor(handle, OP_SEND, 0, Operation.userData(Operation.SEND, handle));
        Memory.putLong(entry + ADDRESS, address);
        Memory.putInt(entry + LENGTH, length);
        Memory.putInt(entry + OPERATION_FLAGS, MSG_NOSIGNAL | MSG_WAITALL);
    }

    void connect(int handle, long address, int addressLength) {
        long entry = entryFor(handle, OP_CONNECT, 0, Operation.userData(Operation.CONNECT, handle));
        Memory.putLong(entry + ADDRESS, address);
        Memory.putLong(entry + OFFSET, addressLength);
    }

    /**
     * Accepts one client.
     *
     * @param direct into the ring's own table of files
     * @param subject tells which of the accepts it is
     */
    void accept(int listener, boolean direct, int subject, long address, long addressLength) {
        long entry = entry(OP_ACCEPT, 0, listener, Operation.userData(Operation.ACCEPT, subject));
        Memory.putLong(entry + ADDRESS, address);
        Memory.putLong(entry + OFFSET, addressLength);
        if (direct) {
            Memory.putInt(entry + FILE_INDEX, ANY_SLOT);
        } else {
            Memory.putInt(entry + OPERATION_FLAGS, SOCK_CLOEXEC);
        }
    }

    void cancel(int operation, int subject) {
        long entry =
                entry(
                        OP_ASYNC_CANCEL,
                        SKIP_SUCCESS,
                        -1,
                        Operation.userData(Operation.IGNORED, subject));
        Memory.putLong(entry + ADDRESS, Operation.userData(operation, subject));
    }

    void cancelEverything() {
        long entry = entry(OP_ASYNC_CANCEL, 0, -1, Operation.userData(Operation.IGNORED, 0));
        Memory.putInt(entry + OPERATION_FLAGS, CANCEL_ALL | CANCEL_ANY);
    }

    /** Closes a slot of the ring's table; nothing may be under way on it. */
    void closeDirect(int handle) {
        long entry =
                entry(OP_CLOSE, SKIP_SUCCESS, 0, Operation.userData(Operation.IGNORED, handle));
        Memory.putInt(entry + FILE_INDEX, Handles.number(handle) + 1);
    }

    void shutDownOutput(int handle) {
        long entry =
                entryFor(handle, OP_SHUTDOWN, 0, Operation.userData(Operation.SHUT_DOWN, handle));
        Memory.putInt(entry + LENGTH, SHUT_WR);
    }

    /** Makes an ordinary descriptor of one in the ring's table. */
    void install(int handle) {
        entryFor(handle, OP_FIXED_FD_INSTALL, 0, Operation.userData(Operation.INSTALL, handle));
    }

    void readEvent(int eventfd, long address) {
        long entry = entry(OP_READ, 0, eventfd, Operation.userData(Operation.WAKE_UP, eventfd));
        Memory.putLong(entry + ADDRESS, address);
        Memory.putInt(entry + LENGTH, Long.BYTES);
    }
}
