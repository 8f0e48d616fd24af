package vigie.feed;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.ServerDoor;
import vigie.store.Tls;
import vigie.text.Sentence;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges the way to a server: its name, its port, its encryption. */
final class DiagnosisOfDoor {
    /** A name that only Home Assistant's own containers know. */
    private static final String ADD_ON = "core-mariadb";

    private DiagnosisOfDoor() {}

    /**
     * Judges what was seen; a login makes sense only where nothing is {@link
     * Finding.Grade#BLOCKED}.
     */
    static List<Finding> of(HostPort host, ServerDoor door, DatabaseAddress address) {
        List<Finding> findings = new ArrayList<>();
        switch (door) {
            case ServerDoor.UnknownName() ->
                    findings.add(
                            Finding.blocked(
                                    "name",
                                    say("doctor.name.unknown", host.host()),
                                    say(
                                            host.host().toLowerCase(Locale.ROOT).startsWith(ADD_ON)
                                                    ? "doctor.name.add-on"
                                                    : "doctor.name.remedy")));
            case ServerDoor.Shut(List<String> addresses, ServerDoor.Why why) -> {
                findings.add(name(host, addresses));
                findings.add(shut(host, addresses, why));
            }
            case ServerDoor.Stranger(List<String> addresses, boolean silent) -> {
                findings.add(name(host, addresses));
                findings.add(
                        silent
                                ? Finding.blocked(
                                        "port",
                                        say("doctor.port.frozen", host.toString(), patience()),
                                        say("doctor.port.frozen.remedy"))
                                : Finding.blocked(
                                        "port",
                                        say("doctor.port.stranger", host.toString()),
                                        say("doctor.port.stranger.remedy")));
            }
            case ServerDoor.Refusing(List<String> addresses, int code) -> {
                findings.add(name(host, addresses));
                findings.add(
                        DiagnosisRemedies.finding(
                                Finding.Grade.BLOCKED,
                                "port",
                                Connections.fault(
                                                new SQLException("refused", "HY000", code),
                                                address.at(host))
                                        .sentence()));
            }
            case ServerDoor.Open open -> {
                findings.add(name(host, open.addresses()));
                findings.add(
                        Finding.ok(
                                "port",
                                say(
                                        "doctor.port.ok",
                                        Measure.span(open.roundTrip()),
                                        open.version())));
                findings.add(encryption(address.tls(), open));
            }
        }
        return findings;
    }

    private static Finding name(HostPort host, List<String> addresses) {
        String all = String.join(", ", addresses);
        return Finding.ok(
                "name",
                addresses.contains(host.host())
                        ? say("doctor.name.address", all)
                        : say("doctor.name.ok", host.host(), all));
    }

    private static Finding shut(HostPort host, List<String> addresses, ServerDoor.Why why) {
        String name = host.toString();
        return switch (why) {
            case NOTHING_LISTENS ->
                    Finding.blocked(
                            "port",
                            say("doctor.port.closed", name),
                            say(
                                    addresses.stream().allMatch(DiagnosisOfDoor::isLoopback)
                                            ? "doctor.port.closed.local"
                                            : "doctor.port.closed.remedy"));
            case NO_ANSWER ->
                    Finding.blocked(
                            "port",
                            say("doctor.port.silent", name, patience()),
                            say("doctor.port.silent.remedy", Integer.toString(host.port())));
            case NO_WAY ->
                    Finding.blocked(
                            "port",
                            say("doctor.port.no-way", name),
                            say("doctor.port.no-way.remedy"));
        };
    }

    /** Of addresses as the name service gives them. */
    private static boolean isLoopback(String address) {
        return address.startsWith("127.")
                || address.equals("::1")
                || address.equals("0:0:0:0:0:0:0:1");
    }

    private static String patience() {
        return Long.toString(ServerDoor.PATIENCE.toSeconds());
    }

    private static Finding encryption(Tls asked, ServerDoor.Open open) {
        String key = "encryption";
        if (!open.offersTls()) {
            return switch (asked) {
                case Tls.Off() ->
                        open.isLocal()
                                ? Finding.ok(key, say("doctor.encryption.local"))
                                : Finding.warning(
                                        key,
                                        say("doctor.encryption.none"),
                                        say("doctor.encryption.switch-on"));
                case Tls.Require(), Tls.Verify(), Tls.Fingerprint(String _) ->
                        Finding.blocked(
                                key,
                                say("doctor.encryption.missing"),
                                say("doctor.encryption.switch-on"));
            };
        }
        Optional<ServerDoor.Certificate> seen = open.certificate();
        if (seen.isEmpty()) {
            return asked instanceof Tls.Off
                    ? Finding.warning(
                            key,
                            say("doctor.encryption.none"),
                            say("doctor.encryption.no-handshake"))
                    : Finding.blocked(
                            key,
                            say("doctor.encryption.no-handshake"),
                            say("doctor.encryption.no-handshake.remedy"));
        }
        ServerDoor.Certificate certificate = seen.get();
        Sentence better =
                certificate.trusted()
                        ? say("doctor.encryption.verify.remedy")
                        : say("doctor.encryption.pin.remedy", certificate.option());
        return switch (asked) {
            case Tls.Off() ->
                    open.isLocal()
                            ? Finding.ok(key, say("doctor.encryption.local"))
                            : Finding.warning(key, say("doctor.encryption.none"), better);
            case Tls.Require() ->
                    Finding.warning(
                            key,
                            say("doctor.encryption.require", certificate.sha256().shown()),
                            better);
            case Tls.Verify() ->
                    certificate.trusted()
                            ? Finding.ok(key, say("doctor.encryption.verify"))
                            : Finding.blocked(
                                    key,
                                    say(
                                            certificate.selfSigned()
                                                    ? "doctor.encryption.self-signed"
                                                    : "doctor.encryption.untrusted",
                                            certificate.sha256().shown()),
                                    say("doctor.encryption.instead", certificate.option()));
            case Tls.Fingerprint pinned ->
                    pinned.equals(certificate.sha256())
                            ? Finding.ok(key, say("doctor.encryption.pinned"))
                            : Finding.blocked(
                                    key,
                                    say("doctor.encryption.another", certificate.sha256().shown()),
                                    say("doctor.encryption.another.remedy", certificate.option()));
        };
    }

    private static Sentence say(String key, Object... values) {
        return Sentence.of(key, values);
    }
}
