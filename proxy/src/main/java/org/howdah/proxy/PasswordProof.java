package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.howdah.wire.Authentication;
import org.howdah.wire.Credentials;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.PasswordMessage;
import org.howdah.wire.ScramHash;
import org.howdah.wire.StoredPassword;

/** Asks for the password as it is. */
final class PasswordProof implements Proof {

    private final String user;
    private final StoredPassword stored;
    private final boolean doomed;

    /**
     * @param stand what to compare with when the user is not known or has no password: the same
     *     work, and a refusal
     */
    PasswordProof(String user, Optional<StoredPassword> stored, StoredPassword stand) {
        this.user = user;
        this.stored = stored.orElse(stand);
        this.doomed = stored.isEmpty();
    }

    @Override
    public Step begin(MessageWriter out) {
        new Authentication.CleartextPassword().writeTo(out);
        return new Step.Awaiting();
    }

    @Override
    public Step answer(ByteBuffer in, int from, int to, MessageWriter out) {
        PasswordMessage message = PasswordMessage.parseFrom(in, from, to);
        if (stored instanceof StoredPassword.Scram) {
            return new Step.Slow(() -> judge(message));
        }
        return judge(message);
    }

    private Step judge(PasswordMessage message) {
        boolean right = stored.matches(user, message.password(), new ScramHash());
        return right && !doomed
                ? new Step.Proven(new Credentials.Password(message.password()))
                : new Step.Failed(Refusal.wrongPassword(user));
    }
}
