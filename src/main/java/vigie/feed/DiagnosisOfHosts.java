package vigie.feed;

import vigie.text.Sentence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges several hosts against each other: one may take over from another only as its replica. */
final class DiagnosisOfHosts {
    private DiagnosisOfHosts() {}

    /**
     * @param hosts those that let us in
     */
    static List<Finding> of(List<DiagnosisFacts> hosts) {
        List<Finding> findings = new ArrayList<>();
        if (hosts.size() < 2) {
            return findings;
        }
        List<String> primaries =
                hosts.stream()
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
        for (DiagnosisFacts host : hosts) {
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

    private static Sentence say(String key, Object... values) {
        return Sentence.of(key, values);
    }
}
