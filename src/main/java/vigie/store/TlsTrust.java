package vigie.store;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Who is believed at the other end, for clients that are no JDBC driver: the binlog's. */
public final class TlsTrust {
    private TlsTrust() {}

    /**
     * A context that believes as the address says. With {@link Tls.Verify} the client itself must
     * still compare the certificate's name with the host.
     *
     * @throws IllegalArgumentException for {@link Tls.Off}, which has no context
     */
    public static SSLContext context(Tls tls) {
        TrustManager[] trust =
                switch (tls) {
                    case Tls.Off() -> throw new IllegalArgumentException("no TLS asked for");
                    case Tls.Require() -> new TrustManager[] {new Anyone()};
                    case Tls.Verify() -> authorities();
                    case Tls.Fingerprint fingerprint -> new TrustManager[] {only(fingerprint)};
                };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, new SecureRandom());
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java has no TLS", broken);
        }
    }

    /** Those who believe the authorities that this Java comes with, or was given. */
    static TrustManager[] authorities() {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java has no authorities", broken);
        }
    }

    static X509TrustManager only(Tls.Fingerprint expected) {
        return new Only(expected);
    }

    /** The SHA-256 of a certificate. */
    static Tls.Fingerprint fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            return new Tls.Fingerprint(
                    HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256")
                                            .digest(certificate.getEncoded())));
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("every Java has SHA-256", broken);
        }
    }

    private static void noServer() throws CertificateException {
        throw new CertificateException("Vigie is no server");
    }

    private record Only(Tls.Fingerprint expected) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            Tls.Fingerprint found = fingerprint(chain[0]);
            if (!found.equals(expected)) {
                throw new WrongCertificate(found);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            noServer();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** {@code ssl=require} asks for encryption and for nothing else. */
    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            noServer();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The server has another certificate than the address says. */
    static final class WrongCertificate extends CertificateException {
        private static final long serialVersionUID = 1L;
        private final transient Tls.Fingerprint found;

        WrongCertificate(Tls.Fingerprint found) {
            super("the server's certificate has the SHA-256 " + found.shown());
            this.found = found;
        }

        Tls.Fingerprint found() {
            return found;
        }
    }
}
