package vigie.feed;

import vigie.store.Accounts;
import vigie.text.Sentence;

import java.util.Optional;
import java.util.Set;

/**
 * Parts what faults and troubles say in one sentence into what was found and what to do, as a
 * diagnosis shows it: {@code doctor.said.KEY} and {@code doctor.said.KEY.remedy}, with the same
 * values.
 */
final class DiagnosisRemedies {
    /** The sentences that have words for both parts. */
    static final Set<String> PARTED =
            Set.of(
                    "feed.binlog-off",
                    "feed.no-replication-right",
                    "feed.refused",
                    "feed.authentication",
                    "feed.method",
                    "feed.tls",
                    "feed.no-tls",
                    "feed.packet",
                    "feed.no-server-id",
                    "feed.disk-full",
                    "feed.unknown-event",
                    "feed.limit-of-account",
                    "recorder.no-database",
                    "recorder.no-table",
                    "recorder.denied",
                    "recorder.unknown-shape",
                    "recorder.too-old",
                    "store.db.refused",
                    "store.db.refusedWithout",
                    "store.db.noAccess",
                    "store.db.noSchema",
                    "store.db.noRight",
                    "store.db.hostNotAllowed",
                    "store.db.hostBlocked",
                    "store.db.expired",
                    "store.db.locked",
                    "store.db.plugin",
                    "store.db.noPassword",
                    "store.db.needsTls",
                    "store.db.noTls",
                    "store.db.certificate",
                    "store.db.wrongCertificate",
                    "store.db.tls",
                    "store.db.tooMany",
                    "store.db.gone",
                    "store.db.slow");

    private DiagnosisRemedies() {}

    /** A finding with its remedy apart; one without where the sentence is not among the parted. */
    static Finding finding(Finding.Grade grade, String key, Sentence sentence) {
        if (!PARTED.contains(sentence.key())) {
            return new Finding(grade, key, sentence, Optional.empty());
        }
        String said = "doctor.said." + sentence.key();
        return new Finding(
                grade,
                key,
                new Sentence(said, sentence.values()),
                Optional.of(new Sentence(said + ".remedy", sentence.values())));
    }

    /** Names the account that the server took, where the sentence could name only a user's. */
    static Sentence withAccount(Sentence sentence, String user, String account) {
        String assumed = Accounts.account(user, "%");
        return new Sentence(
                sentence.key(),
                sentence.values().stream()
                        .map(value ->
                                value instanceof String text
                                        ? (Object) text.replace(assumed, account)
                                        : value)
                        .toList());
    }
}
