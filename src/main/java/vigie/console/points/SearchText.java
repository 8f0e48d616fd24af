package vigie.console.points;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes texts comparable for a search: without case, accents and typographic spaces. */
public final class SearchText {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0\\u202F]+");

    private SearchText() {}

    public static String fold(String text, Locale locale) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(locale);
    }

    /** The words of a query, folded; none for a blank one. */
    public static List<String> words(String query, Locale locale) {
        return SPACES.splitAsStream(fold(query, locale)).filter(word -> !word.isEmpty()).toList();
    }
}
