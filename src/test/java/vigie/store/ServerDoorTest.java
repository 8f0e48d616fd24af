package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.testing.EmbeddedMariaDb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

@ExtendWith(EmbeddedMariaDb.class)
class ServerDoorTest {
    private @TempDir Path folder;

    @Test
    void a_server_says_its_version_and_that_it_encrypts_nothing(EmbeddedServer server) {
        assertThat(ServerDoor.look(server.at()))
                .isInstanceOfSatisfying(
                        ServerDoor.Open.class,
                        open -> {
                            assertThat(open.version()).startsWith("11.4.");
                            assertThat(open.addresses()).containsExactly("127.0.0.1");
                            assertThat(open.isLocal()).isTrue();
                            assertThat(open.offersTls()).isFalse();
                            assertThat(open.certificate()).isEmpty();
                            assertThat(open.roundTrip()).isPositive();
                        });
    }

    @Test
    void a_self_signed_certificate_is_shown_with_its_fingerprint() throws Exception {
        Certificate certificate = Certificate.make(folder);
        try (EmbeddedServer server =
                EmbeddedMariaDb.start(
                        EmbeddedMariaDb.SHARED_FOLDER.resolve("own/door"),
                        "--ssl",
                        "--ssl-cert=" + certificate.file(),
                        "--ssl-key=" + certificate.key())) {
            assertThat(ServerDoor.look(server.at()))
                    .isInstanceOfSatisfying(
                            ServerDoor.Open.class,
                            open -> {
                                ServerDoor.Certificate shown = open.certificate().orElseThrow();
                                assertThat(shown.sha256()).isEqualTo(certificate.fingerprint());
                                assertThat(shown.selfSigned()).isTrue();
                                assertThat(shown.trusted()).isFalse();
                                assertThat(shown.until()).isAfter(Instant.EPOCH);
                                assertThat(shown.option())
                                        .isEqualTo(
                                                "?ssl=fingerprint="
                                                        + certificate.fingerprint().sha256());
                            });
            assertThat(
                            DatabaseAddress.parse(
                                            "mysql://u:p@h/s?ssl=fingerprint="
                                                    + certificate.fingerprint().sha256())
                                    .tls())
                    .isEqualTo(certificate.fingerprint());
        }
    }

    @Test
    void what_is_not_there_or_not_mariadb_is_told_apart() throws IOException {
        assertThat(ServerDoor.look(new HostPort("no-such-host.invalid", 3306)))
                .isEqualTo(new ServerDoor.UnknownName());
        try (ServerSocket listening =
                new ServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            HostPort there = new HostPort("127.0.0.1", listening.getLocalPort());
            assertThat(answered(listening, there, "SSH-2.0-OpenSSH_9.2\r\n"))
                    .isInstanceOfSatisfying(
                            ServerDoor.Stranger.class,
                            stranger -> assertThat(stranger.silent()).isFalse());
            // "Host is blocked", as a server says it in place of its greeting.
            assertThat(answered(listening, there, "\t\0\0\0\377i\4Host x"))
                    .isInstanceOfSatisfying(
                            ServerDoor.Refusing.class,
                            refusing -> assertThat(refusing.code()).isEqualTo(1129));
            assertThat(ServerDoor.look(there))
                    .isInstanceOfSatisfying(
                            ServerDoor.Stranger.class,
                            stranger -> assertThat(stranger.silent()).isTrue());
        }
        HostPort free;
        try (ServerSocket closed =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            free = new HostPort("127.0.0.1", closed.getLocalPort());
        }
        assertThat(ServerDoor.look(free))
                .isInstanceOfSatisfying(
                        ServerDoor.Shut.class,
                        shut -> assertThat(shut.why()).isEqualTo(ServerDoor.Why.NOTHING_LISTENS));
    }

    private static ServerDoor answered(ServerSocket listening, HostPort there, String text) {
        Thread.ofVirtual()
                .start(() -> {
                    try (Socket guest = listening.accept()) {
                        guest.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                        guest.getOutputStream().flush();
                        guest.getInputStream().read();
                    } catch (IOException closing) {
                        // The test says what it saw.
                    }
                });
        return ServerDoor.look(there);
    }
}
