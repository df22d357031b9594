package org.howdah.wire;

import java.nio.ByteBuffer;

/**
 * What NOTIFY sent.
 *
 * @param processId of the server that notified
 */
public record NotificationResponse(int processId, String channel, String payload) {

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static NotificationResponse parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("NotificationResponse", in, from, to);
        NotificationResponse notification =
                new NotificationResponse(reader.int32(), reader.text(), reader.text());
        reader.end();
        return notification;
    }

    public void writeTo(MessageWriter out) {
        out.begin(BackendType.NOTIFICATION_RESPONSE);
        out.int32(processId).text(channel).text(payload).end();
    }
}
