package vigie.store;

import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;

import java.sql.SQLException;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/**
 * Lets the MariaDB driver trust exactly one certificate. The driver finds it by name through {@code
 * META-INF/services}; it is public for that reason only.
 */
public final class FingerprintTls implements TlsSocketPlugin {
    static final String TYPE = "vigie-fingerprint";
    static final String OPTION = "vigieFingerprint";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public TrustManager[] getTrustManager(
            Configuration configuration, ExceptionFactory exceptions, HostAddress host)
            throws SQLException {
        String expected = configuration.nonMappedOptions().getProperty(OPTION);
        if (expected == null) {
            throw exceptions.create("no fingerprint to trust", "08000");
        }
        return new TrustManager[] {TlsTrust.only(new Tls.Fingerprint(expected))};
    }

    @Override
    @SuppressWarnings("NullAway") // the driver means "no client certificate" by null
    public KeyManager[] getKeyManager(Configuration configuration, ExceptionFactory exceptions) {
        return null;
    }

    /** The fingerprint names one certificate; whose name is in it does not matter any more. */
    @Override
    public void verify(String host, SSLSession session, long serverThreadId) {}
}
