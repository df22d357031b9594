package org.howdah.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * PostgreSQL's old hash of a password, salted by the user's name. What is stored is as good as the
 * password itself.
 *
 * @param text {@code md5} and 32 hexadecimal digits
 * @see <a href="https://www.postgresql.org/docs/18/auth-password.html">Password Authentication</a>
 */
public record Md5Password(String text) {

    private static final String PREFIX = "md5";
    private static final Pattern SHAPE = Pattern.compile("md5[0-9a-f]{32}");

    public Md5Password {
        if (!isOne(text)) {
            throw new IllegalArgumentException("Not an MD5 password.");
        }
    }

    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }

    public static Md5Password of(String user, Payload password) {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        return new Md5Password(PREFIX + hexOfHash(password.array(), name));
    }

    /**
     * What a client answers.
     *
     * @param salt of {@link Authentication.Md5Password}
     */
    public PasswordMessage response(int salt) {
        return new PasswordMessage(Payload.of(answer(salt)));
    }

    /** Whether a client's answer is the right one; takes the same time in any case. */
    public boolean proves(PasswordMessage answer, int salt) {
        byte[] expected = answer(salt).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, answer.password().array());
    }

    private String answer(int salt) {
        byte[] saltBytes = {
            (byte) (salt >>> 24), (byte) (salt >>> 16), (byte) (salt >>> 8), (byte) salt
        };
        byte[] digits = text.substring(PREFIX.length()).getBytes(StandardCharsets.US_ASCII);
        return PREFIX + hexOfHash(digits, saltBytes);
    }

    private static String hexOfHash(byte[] first, byte[] second) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(first);
            return HexFormat.of().formatHex(md5.digest(second));
        } catch (NoSuchAlgorithmException restricted) {
            throw new IllegalStateException(
                    "This Java has no MD5; its security settings forbid it.", restricted);
        }
    }

    @Override
    public String toString() {
        return "Md5Password[]";
    }
}
