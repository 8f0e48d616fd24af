package vigie.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of several words somebody may have meant. Any thread. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** The nearest word, if it is near: at most a third of its letters differ. */
    public static Optional<String> to(String word, Collection<String> words) {
        return some(word, words, 1).stream().findFirst();
    }

    /** The nearest words that are near, the nearest first; at most so many. */
    public static List<String> some(String word, Collection<String> words, int most) {
        if (word.length() > LONGEST) {
            return List.of();
        }
        record Candidate(String word, int distance) {}
        return words.stream()
                .filter(other -> Math.abs(other.length() - word.length()) <= LONGEST / 8)
                .map(other -> new Candidate(other, distance(word, other)))
                .filter(one -> one.distance() <= Math.max(1, one.word().length() / 3))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
                .limit(most)
                .map(Candidate::word)
                .toList();
    }

    /** Levenshtein's distance, upper and lower case alike. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[b.length()];
    }
}
