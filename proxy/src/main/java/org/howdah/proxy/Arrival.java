package org.howdah.proxy;

import java.util.Map;
import org.howdah.wire.BackendKeyData;
import org.howdah.wire.ParameterStatus;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ReadyForQuery;
import org.howdah.wire.TransactionStatus;

/** The last of a login: the client's settings are found to be right, and it is greeted. */
record Arrival(ProxyLoop home, Authenticator.Applicant who) {

    /** Its startup settings are tried on a server unless it is known that they are right. */
    void enter(Client client, Welcome greeting) {
        StartupSettings wanted;
        try {
            wanted =
                    StartupSettings.of(
                            who.startup(), client.pool().terms().state(), who.channel().remote());
        } catch (IllegalArgumentException malformed) {
            client.refuse(Refusal.badOptions(String.valueOf(malformed.getMessage())));
            return;
        }
        var known = client.pool().sessions().entrances().known(wanted, greeting);
        if (known.isPresent()) {
            greet(client, known.get());
            who.channel().redeliver();
        } else {
            client.enter(new FirstVisit(wanted, greeting, entrance -> greet(client, entrance)));
        }
    }

    private void greet(Client client, Entrance entrance) {
        client.begin(entrance.base());
        var out = home.writer();
        for (Map.Entry<String, String> parameter : entrance.parameters().entrySet()) {
            new ParameterStatus(parameter.getKey(), parameter.getValue()).writeTo(out);
        }
        boolean longSecret = !ProtocolVersion.V3_2.newerThan(who.startup().version());
        new BackendKeyData(home.clients().key(client.number(), longSecret)).writeTo(out);
        new ReadyForQuery(TransactionStatus.IDLE).writeTo(out);
        home.send(who.channel());
        who.channel().resumeReading();
    }
}
