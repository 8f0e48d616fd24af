package vigie.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Looks at a server from outside: {@link ServerDoor}. */
final class DoorLook {
    private static final int LONGEST_GREETING = 4_096;
    private static final int PROTOCOL = 10;
    private static final int ERROR = 0xff;

    /** MariaDB's own version follows it; old replicas wanted to see a 5. */
    private static final String OLD_PREFIX = "5.5.5-";

    // Of the protocol's capabilities: TLS, the newer protocol, its way of passwords.
    private static final int TLS = 0x0800;
    private static final int WANTED = TLS | 0x0200 | 0x8000;
    private static final int SIZE_OF_REQUEST = 32;

    private DoorLook() {}

    static ServerDoor at(HostPort host) {
        InetAddress[] found;
        try {
            found = resolve(host.host());
        } catch (UnknownHostException unknown) {
            return new ServerDoor.UnknownName();
        }
        List<String> addresses =
                Arrays.stream(found).map(InetAddress::getHostAddress).distinct().toList();
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) ServerDoor.PATIENCE.toMillis());
            long began = System.nanoTime();
            try {
                socket.connect(
                        new InetSocketAddress(found[0], host.port()),
                        (int) ServerDoor.PATIENCE.toMillis());
            } catch (SocketTimeoutException nobody) {
                return new ServerDoor.Shut(addresses, ServerDoor.Why.NO_ANSWER);
            } catch (NoRouteToHostException nowhere) {
                return new ServerDoor.Shut(addresses, ServerDoor.Why.NO_WAY);
            } catch (ConnectException refused) {
                return new ServerDoor.Shut(
                        addresses,
                        String.valueOf(refused.getMessage()).contains("timed out")
                                ? ServerDoor.Why.NO_ANSWER
                                : ServerDoor.Why.NOTHING_LISTENS);
            } catch (IOException other) {
                return new ServerDoor.Shut(addresses, ServerDoor.Why.NO_WAY);
            }
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - began);
            return greeted(socket, host, addresses, roundTrip);
        } catch (IOException closing) {
            return new ServerDoor.Stranger(addresses, false);
        }
    }

    /** The system's resolver waits as long as it likes. */
    private static InetAddress[] resolve(String name) throws UnknownHostException {
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("vigie-name")
                .start(() -> {
                    try {
                        answer.complete(InetAddress.getAllByName(name));
                    } catch (UnknownHostException unknown) {
                        answer.completeExceptionally(unknown);
                    }
                });
        try {
            return answer.get(ServerDoor.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unknown) {
            throw unknown(name);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw unknown(name);
        }
    }

    private static UnknownHostException unknown(String name) {
        return new UnknownHostException(name);
    }

    private static ServerDoor greeted(
            Socket socket, HostPort host, List<String> addresses, Duration roundTrip)
            throws IOException {
        byte[] greeting;
        try {
            greeting = packet(new DataInputStream(socket.getInputStream()));
        } catch (SocketTimeoutException nothing) {
            return new ServerDoor.Stranger(addresses, true);
        } catch (IOException notOurs) {
            return new ServerDoor.Stranger(addresses, false);
        }
        int kind = greeting.length == 0 ? -1 : greeting[0] & 0xff;
        if (kind == ERROR && greeting.length > 2) {
            return new ServerDoor.Refusing(addresses, little(greeting, 1));
        }
        int end = 1;
        while (end < greeting.length && greeting[end] != 0) {
            end++;
        }
        // After the version: thread 4, scramble 8, a zero, capabilities.
        int capabilitiesAt = end + 1 + 4 + 8 + 1;
        if (kind != PROTOCOL || greeting.length < capabilitiesAt + 2) {
            return new ServerDoor.Stranger(addresses, false);
        }
        String version = new String(greeting, 1, end - 1, StandardCharsets.ISO_8859_1);
        int capabilities = little(greeting, capabilitiesAt);
        boolean tls = (capabilities & TLS) != 0;
        return new ServerDoor.Open(
                addresses,
                roundTrip,
                version.startsWith(OLD_PREFIX) ? version.substring(OLD_PREFIX.length()) : version,
                tls,
                tls ? certificate(socket, host) : Optional.empty());
    }

    /** Two bytes, the lower one first. */
    private static int little(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    private static byte[] packet(DataInputStream in) throws IOException {
        int length = in.read();
        if (length < 0) {
            throw new IOException("closed");
        }
        length |= in.readUnsignedByte() << 8;
        length |= in.readUnsignedByte() << 16;
        in.readUnsignedByte();
        if (length > LONGEST_GREETING) {
            throw new IOException("not a greeting");
        }
        byte[] packet = new byte[length];
        in.readFully(packet);
        return packet;
    }

    private static Optional<ServerDoor.Certificate> certificate(Socket socket, HostPort host) {
        Seen seen = new Seen();
        try {
            byte[] request = new byte[4 + SIZE_OF_REQUEST];
            request[0] = SIZE_OF_REQUEST;
            request[3] = 1;
            request[4] = (byte) WANTED;
            request[5] = (byte) (WANTED >> 8);
            request[4 + 8] = 45; // utf8mb4
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {seen}, new SecureRandom());
            try (SSLSocket secure =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(socket, host.host(), host.port(), true)) {
                secure.startHandshake();
            }
        } catch (IOException | GeneralSecurityException failed) {
            // What was shown before it failed is still what the server has.
            return seen.certificate();
        }
        return seen.certificate();
    }

    /** Believes everything and remembers it. */
    private static final class Seen implements X509TrustManager {
        private Optional<ServerDoor.Certificate> certificate = Optional.empty();

        Seen() {}

        Optional<ServerDoor.Certificate> certificate() {
            return certificate;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            certificate =
                    Optional.of(
                            new ServerDoor.Certificate(
                                    TlsTrust.fingerprint(chain[0]),
                                    isSelfSigned(chain[0]),
                                    isTrusted(chain, type),
                                    chain[0].getNotAfter().toInstant()));
        }

        private static boolean isSelfSigned(X509Certificate certificate) {
            if (!certificate
                    .getIssuerX500Principal()
                    .equals(certificate.getSubjectX500Principal())) {
                return false;
            }
            try {
                certificate.verify(certificate.getPublicKey());
                return true;
            } catch (GeneralSecurityException byAnother) {
                return false;
            }
        }

        private static boolean isTrusted(X509Certificate[] chain, String type) {
            for (TrustManager manager : TlsTrust.authorities()) {
                if (manager instanceof X509TrustManager authorities) {
                    try {
                        authorities.checkServerTrusted(chain, type);
                        return true;
                    } catch (CertificateException unknown) {
                        return false;
                    }
                }
            }
            return false;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("Vigie is no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
