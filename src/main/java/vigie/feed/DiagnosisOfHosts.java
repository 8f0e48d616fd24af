package vigie.feed;

import vigie.text.Sentence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges several hosts against each other: one may take over from another only as its replica. */
final class DiagnosisOfHosts {
    private static final List<String> SAME = List.of("server_id", "hostname", "port", "datadir");

    private DiagnosisOfHosts() {}

    /**
     * @param hosts those that let us in
     */
    static List<Finding> of(List<DiagnosisFacts> hosts) {
        List<Finding> findings = new ArrayList<>();
        if (hosts.size() < 2) {
            return findings;
        }
        List<DiagnosisFacts> servers = new ArrayList<>();
        for (DiagnosisFacts host : hosts) {
            Optional<DiagnosisFacts> twin =
                    servers.stream()
                            .filter(other -> isSame(other.settings(), host.settings()))
                            .findFirst();
            if (twin.isPresent()) {
                findings.add(
                        Finding.warning(
                                "hosts",
                                say(
                                        "doctor.hosts.same",
                                        twin.get().host().toString(),
                                        host.host().toString()),
                                say("doctor.hosts.same.remedy")));
            } else {
                servers.add(host);
            }
        }
        List<String> primaries =
                servers.stream()
                        .filter(host -> !DiagnosisOfServer.isReadOnly(host.settings()))
                        .map(host -> host.host().toString())
                        .toList();
        findings.add(
                switch (primaries.size()) {
                    case 0 ->
                            Finding.warning(
                                    "primary",
                                    say("doctor.primary.none"),
                                    say("doctor.primary.none.remedy"));
                    case 1 ->
                            Finding.ok("primary", say("doctor.primary.one", primaries.getFirst()));
                    default ->
                            Finding.warning(
                                    "primary",
                                    say("doctor.primary.several", String.join(", ", primaries)),
                                    say("doctor.primary.several.remedy"));
                });
        Map<String, String> byId = new HashMap<>();
        for (DiagnosisFacts host : servers) {
            String id = host.settings().text("server_id");
            String other = byId.putIfAbsent(id, host.host().toString());
            if (other != null) {
                findings.add(
                        Finding.warning(
                                "server-ids",
                                say("doctor.server-ids.same", other, host.host().toString(), id),
                                say("doctor.server-ids.remedy")));
            }
        }
        return findings;
    }

    /** One machine, port and folder: two servers cannot share them. */
    private static boolean isSame(ServerSettings one, ServerSettings other) {
        return SAME.stream()
                .allMatch(name ->
                        !one.text(name).isEmpty() && one.text(name).equals(other.text(name)));
    }

    private static Sentence say(String key, Object... values) {
        return Sentence.of(key, values);
    }
}
