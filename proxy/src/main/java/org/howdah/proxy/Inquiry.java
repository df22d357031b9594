package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.howdah.wire.BackendType;
import org.howdah.wire.DataRow;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.ParameterStatus;
import org.howdah.wire.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/** A query of ours on a server connection, with its answer. Loop thread only. */
final class Inquiry {

    private final Consumer<Inquiry> then;
    private final List<List<Optional<String>>> rows = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private @Nullable Diagnostic failure;

    /**
     * @param then called when it is answered, well or not
     */
    Inquiry(Consumer<Inquiry> then) {
        this.then = then;
    }

    /** The rows of all its statements. */
    List<List<Optional<String>>> rows() {
        return rows;
    }

    /** Settings that the server reported meanwhile. */
    Map<String, String> parameters() {
        return parameters;
    }

    Optional<Diagnostic> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * A message of the answer.
     *
     * @param from index behind its header
     * @param to index behind what is there of it, which is all unless it is very large
     */
    void message(byte type, ByteBuffer in, int from, int to) {
        try {
            switch (type) {
                case BackendType.DATA_ROW -> rows.add(DataRow.parseFrom(in, from, to).values());
                case BackendType.PARAMETER_STATUS -> {
                    ParameterStatus status = ParameterStatus.parseFrom(in, from, to);
                    parameters.put(status.name(), status.value());
                }
                case BackendType.ERROR_RESPONSE ->
                        failure = Diagnostic.parseFrom(type, in, from, to);
                default -> {}
            }
        } catch (ProtocolViolation violation) {
            failure = violation.diagnostic();
        }
    }

    void answered() {
        then.accept(this);
    }
}
