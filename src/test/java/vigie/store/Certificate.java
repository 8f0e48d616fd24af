package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A self-signed certificate such as MariaDB servers have, as files that a server reads.
 *
 * @param file the certificate
 * @param key its private key
 * @param authorities a store that trusts it
 */
public record Certificate(Path file, Path key, Path authorities, Tls.Fingerprint fingerprint) {
    public static final String PASSWORD = "changeit";

    /** Makes one for the loopback address. */
    public static Certificate make(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-dname",
                                "CN=db.test",
                                "-ext",
                                "SAN=ip:127.0.0.1",
                                "-alias",
                                "db",
                                "-validity",
                                "3650",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        X509Certificate certificate = (X509Certificate) keys.getCertificate("db");
        Path file = pem(folder.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded());
        Path key =
                pem(
                        folder.resolve("key.pem"),
                        "PRIVATE KEY",
                        keys.getKey("db", PASSWORD.toCharArray()).getEncoded());
        Path authorities = folder.resolve("authorities.p12");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("db", certificate);
        try (OutputStream out = Files.newOutputStream(authorities)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return new Certificate(file, key, authorities, TlsTrust.fingerprint(certificate));
    }

    private static Path pem(Path file, String kind, byte[] content) throws Exception {
        String lines =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content);
        return Files.writeString(
                file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }
}
