package org.howdah.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Makes passwords that look the same the same bytes (RFC 4013). PostgreSQL and libpq hash what this
 * refuses as it is, and look at the characters before their normalization where the RFC looks
 * behind it; the hashes agree only if this does as they do.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4013">RFC 4013</a>
 */
final class SaslPrep {

    private SaslPrep() {}

    /** The bytes to be hashed: prepared, or the same ones where that is not possible. */
    static byte[] prepare(byte[] password) {
        if (ascii(password)) {
            return password;
        }
        return decoded(password)
                .flatMap(SaslPrep::prepare)
                .map(prepared -> prepared.getBytes(StandardCharsets.UTF_8))
                .orElse(password);
    }

    /** Empty when the text is not allowed as a password. */
    static Optional<String> prepare(String password) {
        int[] mapped =
                password.codePoints()
                        .map(point -> Tables.SPACE.contains(point) ? ' ' : point)
                        .filter(point -> !Tables.NOTHING.contains(point))
                        .toArray();
        boolean refused =
                mapped.length == 0
                        || any(mapped, Tables.PROHIBITED::contains)
                        || any(mapped, Tables.UNASSIGNED::contains)
                        || !directed(mapped);
        if (refused) {
            return Optional.empty();
        }
        String text = new String(mapped, 0, mapped.length);
        return Optional.of(Normalizer.normalize(text, Normalizer.Form.NFKC));
    }

    /** RFC 3454, section 6: what runs from right to left must begin, end and be so throughout. */
    private static boolean directed(int[] points) {
        if (!any(points, Tables.RIGHT::contains)) {
            return true;
        }
        return !any(points, Tables.LEFT::contains)
                && Tables.RIGHT.contains(points[0])
                && Tables.RIGHT.contains(points[points.length - 1]);
    }

    private static boolean any(int[] points, IntPredicate predicate) {
        for (int point : points) {
            if (predicate.test(point)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ascii(byte[] bytes) {
        for (byte one : bytes) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> decoded(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(in).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    /** Read when the first password comes that needs them. */
    private static final class Tables {
        private static final Map<String, CodePoints> ALL = CodePoints.read("saslprep.txt");
        private static final CodePoints SPACE = table("space");
        private static final CodePoints NOTHING = table("nothing");
        private static final CodePoints PROHIBITED = table("prohibited");
        private static final CodePoints UNASSIGNED = table("unassigned");
        private static final CodePoints RIGHT = table("right");
        private static final CodePoints LEFT = table("left");

        private static CodePoints table(String name) {
            return Objects.requireNonNull(ALL.get(name), name);
        }
    }
}
