package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.howdah.wire.Credentials;
import org.howdah.wire.MessageWriter;

/** How one client proves who it is: a conversation of PasswordMessages. Loop thread only. */
interface Proof {

    /** Writes the first demand. */
    Step begin(MessageWriter out);

    /**
     * Takes the body of a PasswordMessage and writes the next demand.
     *
     * @param from index of its first byte
     * @param to index behind its last byte
     */
    Step answer(ByteBuffer in, int from, int to, MessageWriter out);

    /** Where the conversation stands. */
    sealed interface Step {

        /** The client's next message is awaited. */
        record Awaiting() implements Step {}

        /**
         * Finding out takes so long that it must not happen on the loop.
         *
         * @param work any thread's; neither awaiting nor slow again
         */
        record Slow(Supplier<Step> work) implements Step {}

        /**
         * It is who it says it is.
         *
         * @param credentials what can be shown to a server on its behalf
         */
        record Proven(Credentials credentials) implements Step {}

        /** It is not, or cannot show it. */
        record Failed(Refusal why) implements Step {}
    }
}
