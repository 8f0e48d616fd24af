package vigie.plan;

import java.util.Locale;
import java.util.Map;

/**
 * A name for people, in one or several languages.
 *
 * @param texts language code ({@code en}, {@code fr}; the empty code, alone, for all) to text; not
 *     empty
 */
public record Label(Map<String, String> texts) {
    public Label {
        texts = Map.copyOf(texts);
        if (texts.isEmpty() || (texts.containsKey("") && texts.size() > 1)) {
            throw new IllegalArgumentException("a label has one text for all, or one a language");
        }
    }

    /** One text for every language. */
    public static Label of(String text) {
        return new Label(Map.of("", text));
    }

    /** The text in a language, else the one for all, else English, else any. */
    public String in(Locale locale) {
        String exact = texts.get(locale.getLanguage());
        if (exact != null) {
            return exact;
        }
        String any = texts.get("");
        if (any != null) {
            return any;
        }
        String english = texts.get("en");
        return english != null
                ? english
                : texts.entrySet().stream()
                        .min(Map.Entry.comparingByKey())
                        .orElseThrow()
                        .getValue();
    }
}
