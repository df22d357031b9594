package org.howdah.rehearsal;

import java.util.List;
import java.util.stream.Collectors;
import org.howdah.wire.Bind;
import org.howdah.wire.Close;
import org.howdah.wire.CopyData;
import org.howdah.wire.CopyFail;
import org.howdah.wire.Describe;
import org.howdah.wire.Execute;
import org.howdah.wire.FixedMessage;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.Parse;
import org.howdah.wire.Payload;
import org.howdah.wire.Query;

/** A message of a client of the desync fuzzer. */
sealed interface DesyncMessage {

    void writeTo(MessageWriter out);

    record Simple(List<DesyncStatement> statements) implements DesyncMessage {
        @Override
        public void writeTo(MessageWriter out) {
            new Query(
                            statements.stream()
                                    .map(DesyncStatement::sql)
                                    .collect(Collectors.joining("; ")))
                    .writeTo(out);
        }
    }

    record Prepare(String name, DesyncStatement statement) implements DesyncMessage {
        @Override
        public void writeTo(MessageWriter out) {
            new Parse(name, statement.sql(), List.of()).writeTo(out);
        }
    }

    /**
     * @param id the value of the parameter, for statements that have one
     */
    record BindTo(String portal, String name, String id, boolean parameter)
            implements DesyncMessage {
        @Override
        public void writeTo(MessageWriter out) {
            List<String> values = parameter ? List.of(id) : List.of();
            Bind texts = Bind.texts(name, values);
            new Bind(portal, name, List.of(), texts.parameters(), List.of()).writeTo(out);
        }
    }

    record DescribeStatement(String name) implements DesyncMessage {
        @Override
        public void writeTo(MessageWriter out) {
            Describe.statement(name).writeTo(out);
        }
    }

    record DescribePortal(String portal) implements DesyncMessage {
        @Override
        public void writeTo(MessageWriter out) {
            Describe.portal(portal).writeTo(out);
        }
    }

    record Run(String portal, int maximumRows) implements DesyncMessage {
        @Override
        public void writeTo(MessageWriter out) {
            new Execute(portal, maximumRows).writeTo(out);
        }
    }

    record CloseStatement(String name) implements DesyncMessage {
        @Override
        public void writeTo(MessageWriter out) {
            Close.statement(name).writeTo(out);
        }
    }

    record ClosePortal(String portal) implements DesyncMessage {
        @Override
        public void writeTo(MessageWriter out) {
            Close.portal(portal).writeTo(out);
        }
    }

    /** A line of a COPY; one that is not good has a column too many. */
    record Line(String id, boolean good) implements DesyncMessage {
        @Override
        public void writeTo(MessageWriter out) {
            new CopyData(Payload.of(id + (good ? "\n" : "\tmore\n"))).writeTo(out);
        }
    }

    /** A message without a body, or the end of a COPY. */
    enum Plain implements DesyncMessage {
        FLUSH,
        SYNC,
        COPY_DONE,
        COPY_FAIL;

        @Override
        public void writeTo(MessageWriter out) {
            switch (this) {
                case FLUSH -> FixedMessage.FLUSH.writeTo(out);
                case SYNC -> FixedMessage.SYNC.writeTo(out);
                case COPY_DONE -> FixedMessage.COPY_DONE.writeTo(out);
                case COPY_FAIL -> new CopyFail("enough").writeTo(out);
            }
        }
    }
}
