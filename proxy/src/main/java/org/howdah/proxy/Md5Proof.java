package org.howdah.proxy;

import java.nio.ByteBuffer;
import org.howdah.wire.Authentication;
import org.howdah.wire.Credentials;
import org.howdah.wire.Md5Password;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.PasswordMessage;

/** Asks for the password hashed by MD5. */
final class Md5Proof implements Proof {

    private final String user;
    private final Md5Password hash;
    private final Credentials credentials;
    private final boolean doomed;
    private final int salt;

    /**
     * @param doomed whether to refuse whatever comes, since there is no such user
     */
    Md5Proof(String user, Md5Password hash, Credentials credentials, boolean doomed, int salt) {
        this.user = user;
        this.hash = hash;
        this.credentials = credentials;
        this.doomed = doomed;
        this.salt = salt;
    }

    @Override
    public Step begin(MessageWriter out) {
        new Authentication.Md5Password(salt).writeTo(out);
        return new Step.Awaiting();
    }

    @Override
    public Step answer(ByteBuffer in, int from, int to, MessageWriter out) {
        boolean right = hash.proves(PasswordMessage.parseFrom(in, from, to), salt);
        return right && !doomed
                ? new Step.Proven(credentials)
                : new Step.Failed(Refusal.wrongPassword(user));
    }
}
