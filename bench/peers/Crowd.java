import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Opens many connections, logs in on each, says so and holds them until its input ends: the clients that
 * an application keeps and rarely uses. It is a process of its own, because the number of open files of a
 * process is bounded.
 *
 * <p>Arguments: port, number of connections, password (empty: trust), third byte of the source addresses.
 */
final class Crowd {

    /** A source address has some 28,000 ports. */
    private static final int PER_ADDRESS = 20_000;

    private final int port;
    private final String password;
    private final int network;
    private final Scram scram = new Scram();

    private Crowd(int port, String password, int network) {
        this.port = port;
        this.password = password;
        this.network = network;
    }

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        Crowd crowd =
                new Crowd(
                        Integer.parseInt(arguments[0]), arguments[2], Integer.parseInt(arguments[3]));
        List<Socket> sockets = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Socket>> logins = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                logins.add(threads.submit(() -> crowd.login(number)));
            }
            for (Future<Socket> login : logins) {
                sockets.add(login.get());
            }
        }
        System.out.println(
                sockets.size() + " logged in after " + (System.nanoTime() - start) / 1_000_000 + " ms");
        while (System.in.read() >= 0) {
            // Holds them until the other side closes our input.
        }
    }

    private Socket login(int number) throws IOException, GeneralSecurityException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.bind(
                new InetSocketAddress(
                        InetAddress.getByName(
                                "127.0." + network + "." + (1 + number / PER_ADDRESS)),
                        0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        byte[] parameters =
                "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(
                        ByteBuffer.allocate(8 + parameters.length)
                                .putInt(8 + parameters.length)
                                .putInt(3 << 16)
                                .put(parameters)
                                .array());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        Scram.Conversation conversation = scram.conversation(password);
        while (true) {
            int type = in.readByte();
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            switch (type) {
                case 'R' -> {
                    byte[] answer = conversation.answer(body);
                    if (answer.length > 0) {
                        socket.getOutputStream().write(answer);
                    }
                }
                case 'Z' -> {
                    return socket;
                }
                case 'E' -> throw new IOException(new String(body, StandardCharsets.UTF_8));
                default -> {}
            }
        }
    }
}
