package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.feed.Trouble.Kind;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.text.Words;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

class TroubleTest {
    private static final HostPort HOST = new HostPort("db1", 3306);
    private static final DatabaseAddress ADDRESS =
            new DatabaseAddress(
                    List.of(HOST),
                    "vigie",
                    Secret.of("geheim"),
                    "homeassistant",
                    new Tls.Require());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1236|Could not find GTID state requested by slave in any binlog files. Probably the slave state is too old and required binlog files have been purged.|RESYNC|feed.purged",
                "1236|Error: connecting slave requested to start from GTID 0-1-9, which is not in the master's binlog|REWRITTEN|feed.other-history",
                "1236|Error: connecting slave requested to start from GTID 0-1-9, which is not in the master's binlog. Since the master's binlog contains GTIDs with higher sequence numbers, it probably means that the slave has diverged due to executing extra erroneous transactions|REWRITTEN|feed.other-history",
                "1236|could not find next log; the first event 'binlog.000001' at 4, the last event read from 'binlog.000002' at 363, the last byte read from 'binlog.000002' at 4.|RESYNC|feed.log-removed",
                "1236|Could not find first log file name in binary log index file|RESYNC|feed.purged",
                "1236|Client requested master to start replication from impossible position; the first event 'x' at 99, the last event read from 'x' at 4|RESYNC|feed.position-refused",
                "1236|bogus data in log event; the first event 'x' at 4|RESYNC|feed.log-damaged",
                "1236|Binary log is not open|PERSON|feed.binlog-off",
                "1236|Misconfigured master - server id was not set|PERSON|feed.no-server-id",
                "1236|log event entry exceeded max_allowed_packet; Increase max_allowed_packet on master|PERSON|feed.packet",
                "1236|binlog truncated in the middle of event; consider out of disk space on master|PERSON|feed.disk-full",
                "1236|memory allocation failed reading log event|PASSING|feed.lost",
                "4052|A slave with the same server_uuid/server_id is already connected|PASSING|feed.same-server-id",
                "1236|A slave with the same server_uuid/server_id as this slave has connected to the master|PASSING|feed.same-server-id",
                "1227|Access denied; you need (at least one of) the REPLICATION SLAVE privilege(s) for this operation|PERSON|feed.no-replication-right",
                "1045|Access denied for user 'vigie'@'10.0.0.7' (using password: YES)|PERSON|feed.refused",
                "1698|Access denied for user 'vigie'@'10.0.0.7'|PERSON|store.db.noPassword",
                "1130|Host '10.0.0.7' is not allowed to connect to this MariaDB server|PERSON|store.db.hostNotAllowed",
                "1129|Host '10.0.0.7' is blocked because of many connection errors|PERSON|store.db.hostBlocked",
                "4151|Access denied, this account is locked|PERSON|store.db.locked",
                "1862|Your password has expired|PERSON|store.db.expired",
                "3159|Connections using insecure transport are prohibited|PERSON|store.db.needsTls",
                "1040|Too many connections|PASSING|feed.lost",
                "1226|User 'vigie' has exceeded the 'max_user_connections' resource|PASSING|feed.limit-of-account",
                "1226|User 'vigie' has exceeded the 'max_connections_per_hour' resource|PASSING|feed.lost",
                "1053|Server shutdown in progress|PASSING|feed.lost",
                "1927|Connection was killed|PASSING|feed.lost",
                "1317|Query execution was interrupted|PASSING|feed.lost"
            })
    void what_a_server_says_is_told_apart_by_its_text(
            int code, String text, Kind kind, String key) {
        Trouble trouble = Trouble.of(new ServerSaid(text, code, "HY000", false), ADDRESS, HOST);
        assertThat(trouble.kind()).isEqualTo(kind);
        assertThat(trouble.sentence().key()).isEqualTo(key);
        assertThat(said(trouble)).contains("db1:3306").doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client_ed25519|with a password by ed25519",
                "parsec|with a password by parsec",
                "auth_gssapi_client|by Kerberos (gssapi)",
                "unix_socket|by the name of the Linux user (unix_socket)",
                "dialog|by the machine's own log-in (PAM)",
                "named_pipe|by the name of the Windows user (named_pipe)",
                "sha256_password|with a password by sha256_password",
                "mysql_old_password|with a password by the method of before 2004",
                "exotic|by the plug-in exotic"
            })
    void each_method_that_the_binlog_cannot_be_read_with_is_named(String plugin, String words) {
        Trouble trouble =
                Trouble.of(
                        new ServerSaid("unsupported authentication method: " + plugin, 0, "", true),
                        ADDRESS,
                        HOST);
        assertThat(trouble.kind()).isEqualTo(Kind.PERSON);
        assertThat(said(trouble))
                .contains(
                        words,
                        "ALTER USER 'vigie'@'%' IDENTIFIED VIA mysql_native_password USING"
                                + " PASSWORD('...')");
        assertThat(Words.in(Locale.FRANCE).say(trouble.sentence()))
                .contains("mysql_native_password")
                .doesNotContain("with a password");
    }

    @Test
    void a_wrong_certificate_needs_a_person_and_a_cut_handshake_only_time() {
        SSLHandshakeException wrong = new SSLHandshakeException("PKIX path building failed");
        wrong.initCause(new CertificateException("unknown"));
        assertThat(of(wrong).kind()).isEqualTo(Kind.PERSON);
        assertThat(of(new SSLHandshakeException("no cipher suites in common")).kind())
                .isEqualTo(Kind.PERSON);
        assertThat(of(new IOException("MySQL server does not support SSL")).sentence().key())
                .isEqualTo("feed.no-tls");

        SSLException reset = new SSLException("Connection reset", new SocketException("reset"));
        assertThat(of(reset).kind()).isEqualTo(Kind.PASSING);
        SSLHandshakeException cut =
                new SSLHandshakeException("Remote host terminated the handshake");
        cut.initCause(new EOFException("SSL peer shut down incorrectly"));
        assertThat(of(cut).kind()).isEqualTo(Kind.PASSING);
        assertThat(of(new SSLException("closing inbound before receiving peer's close_notify")))
                .extracting(Trouble::kind)
                .isEqualTo(Kind.PASSING);
    }

    @Test
    void silence_and_a_broken_connection_pass() {
        assertThat(of(new SocketTimeoutException("Read timed out")).sentence().key())
                .isEqualTo("feed.silent");
        assertThat(of(new EOFException()).sentence().key()).isEqualTo("feed.lost");
        assertThat(of(new EOFException()).kind()).isEqualTo(Kind.PASSING);
    }

    private static Trouble of(Exception error) {
        return Trouble.of(error, ADDRESS, HOST);
    }

    private static String said(Trouble trouble) {
        return Words.in(Locale.UK).say(trouble.sentence());
    }
}
