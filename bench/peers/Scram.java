import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-256 (RFC 7677), with salted passwords kept, as a load generator needs. */
final class Scram {

    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final String FIRST = "n=,r=howdahbenchnonce";

    private final Map<String, byte[]> salted = new ConcurrentHashMap<>();

    Conversation conversation(String password) {
        return new Conversation(password);
    }

    /** One login. */
    final class Conversation {
        private final String password;

        private Conversation(String password) {
            this.password = password;
        }

        /** What to send after this authentication request, a whole message; nothing for most. */
        byte[] answer(byte[] request) throws GeneralSecurityException {
            int code = ByteBuffer.wrap(request).getInt();
            if (code == SASL) {
                byte[] first = ("n,," + FIRST).getBytes(StandardCharsets.UTF_8);
                byte[] mechanism = "SCRAM-SHA-256\0".getBytes(StandardCharsets.UTF_8);
                return message(
                        ByteBuffer.allocate(mechanism.length + 4 + first.length)
                                .put(mechanism)
                                .putInt(first.length)
                                .put(first)
                                .array());
            }
            if (code == SASL_CONTINUE) {
                String server =
                        new String(request, 4, request.length - 4, StandardCharsets.UTF_8);
                return message(proof(server).getBytes(StandardCharsets.UTF_8));
            }
            return new byte[0];
        }

        private String proof(String server) throws GeneralSecurityException {
            Map<String, String> fields =
                    Stream.of(server.split(","))
                            .collect(
                                    Collectors.toMap(
                                            field -> field.substring(0, 1), field -> field.substring(2)));
            byte[] key = salted(fields.get("s"), Integer.parseInt(fields.get("i")));
            byte[] clientKey = hmac(key, "Client Key");
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(clientKey);
            String last = "c=biws,r=" + fields.get("r");
            byte[] signature = hmac(stored, FIRST + "," + server + "," + last);
            for (int i = 0; i < clientKey.length; i++) {
                clientKey[i] ^= signature[i];
            }
            return last + ",p=" + Base64.getEncoder().encodeToString(clientKey);
        }

        private byte[] salted(String salt, int rounds) throws GeneralSecurityException {
            String name = password + salt + rounds;
            byte[] known = salted.get(name);
            if (known == null) {
                known =
                        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                                .generateSecret(
                                        new PBEKeySpec(
                                                password.toCharArray(),
                                                Base64.getDecoder().decode(salt),
                                                rounds,
                                                256))
                                .getEncoded();
                salted.put(name, known);
            }
            return known;
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] message(byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 'p')
                .putInt(4 + body.length)
                .put(body)
                .array();
    }
}
