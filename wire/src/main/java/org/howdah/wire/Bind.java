package org.howdah.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A portal from a prepared statement and its parameters.
 *
 * @param portal empty: the unnamed one
 * @param statement empty: the unnamed one
 * @param parameterFormats 0 text, 1 binary; none: all text, one: for all
 * @param parameters empty is the SQL null
 * @param resultFormats as {@code parameterFormats}
 */
public record Bind(
        String portal,
        String statement,
        List<Integer> parameterFormats,
        List<Optional<Payload>> parameters,
        List<Integer> resultFormats) {

    public Bind {
        parameterFormats = List.copyOf(parameterFormats);
        parameters = List.copyOf(parameters);
        resultFormats = List.copyOf(resultFormats);
    }

    /** Everything as text, into the unnamed portal. */
    public static Bind texts(String statement, List<String> parameters) {
        List<Optional<Payload>> values =
                parameters.stream().map(Payload::of).map(Optional::of).toList();
        return new Bind("", statement, List.of(), values, List.of());
    }

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static Bind parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("Bind", in, from, to);
        String portal = reader.text();
        String statement = reader.text();
        List<Integer> parameterFormats = formats(reader);
        int count = reader.count16(4);
        List<Optional<Payload>> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = reader.int32();
            parameters.add(
                    length == -1
                            ? Optional.empty()
                            : Optional.of(new Payload(reader.bytes(length))));
        }
        List<Integer> resultFormats = formats(reader);
        reader.end();
        return new Bind(portal, statement, parameterFormats, parameters, resultFormats);
    }

    private static List<Integer> formats(FieldReader reader) {
        int count = reader.count16(2);
        List<Integer> formats = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            formats.add(reader.int16());
        }
        return formats;
    }

    public void writeTo(MessageWriter out) {
        out.begin(FrontendType.BIND).text(portal).text(statement);
        out.int16(parameterFormats.size());
        parameterFormats.forEach(out::int16);
        out.int16(parameters.size());
        for (Optional<Payload> parameter : parameters) {
            if (parameter.isPresent()) {
                out.value(parameter.get().array());
            } else {
                out.nullValue();
            }
        }
        out.int16(resultFormats.size());
        resultFormats.forEach(out::int16);
        out.end();
    }
}
