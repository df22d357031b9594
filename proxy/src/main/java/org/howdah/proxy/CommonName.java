package org.howdah.proxy;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The name in a certificate by which PostgreSQL knows its owner. */
final class CommonName {

    private CommonName() {}

    /** The last CN of the subject, which is the first in the order of RFC 2253. */
    static Optional<String> of(X509Certificate certificate) {
        try {
            LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName());
            for (int i = subject.size() - 1; i >= 0; i--) {
                Rdn part = subject.getRdn(i);
                if (part.getType().equalsIgnoreCase("CN")
                        && part.getValue() instanceof String name
                        && name.indexOf(0) < 0) {
                    return Optional.of(name);
                }
            }
            return Optional.empty();
        } catch (InvalidNameException malformed) {
            return Optional.empty();
        }
    }
}
