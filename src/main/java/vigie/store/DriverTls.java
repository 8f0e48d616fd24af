package vigie.store;

import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

import java.sql.SQLException;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/**
 * Makes the MariaDB driver believe exactly what the binlog's client believes: one certificate by
 * its fingerprint, or those signed by an authority that this Java trusts.
 *
 * <p>The driver's own way of verifying also takes a self-signed certificate when the server proves
 * that it knows the account's password. That is sound, but the binlog's client cannot do it, and an
 * address that works for questions and not for the stream would be a riddle.
 *
 * <p>The driver finds this class by name through {@code META-INF/services}; it is public for that
 * reason only.
 */
public final class DriverTls implements TlsSocketPlugin {
    static final String TYPE = "vigie";

    /** The property that carries {@link #AUTHORITIES} or a fingerprint. */
    static final String OPTION = "vigieTrust";

    static final String AUTHORITIES = "authorities";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public TrustManager[] getTrustManager(
            Configuration configuration, ExceptionFactory exceptions, HostAddress host)
            throws SQLException {
        String trust = configuration.nonMappedOptions().getProperty(OPTION);
        if (trust == null) {
            throw exceptions.create("nobody to trust", "08000");
        }
        return trust.equals(AUTHORITIES)
                ? TlsTrust.authorities()
                : new TrustManager[] {TlsTrust.only(new Tls.Fingerprint(trust))};
    }

    @Override
    @SuppressWarnings("NullAway") // the driver means "no client certificate" by null
    public KeyManager[] getKeyManager(Configuration configuration, ExceptionFactory exceptions) {
        return null;
    }

    /** Asked with {@code verify-full} only, which a fingerprint does without. */
    @Override
    public void verify(String host, SSLSession session, long serverThreadId) throws SSLException {
        new DefaultTlsSocketPlugin().verify(host, session, serverThreadId);
    }
}
