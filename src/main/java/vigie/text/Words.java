package vigie.text;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * The words of one language. Files are {@code vigie/text/BUNDLE.properties} (English) and {@code
 * BUNDLE_fr.properties}, in UTF-8, with {@link MessageFormat} places; an apostrophe is written
 * twice.
 */
public final class Words {
    /** The languages Vigie speaks, the default first. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;

    private Words(Locale locale) {
        this.locale = locale;
    }

    /**
     * The words for a locale: French for any French one, otherwise English; dates and numbers
     * follow the locale given.
     */
    public static Words in(Locale locale) {
        return new Words(locale);
    }

    /** The locale that numbers and dates follow. */
    public Locale locale() {
        return locale;
    }

    /** The language spoken, one of {@link #LANGUAGES}. */
    public Locale language() {
        return locale.getLanguage().equals(Locale.FRENCH.getLanguage())
                ? Locale.FRENCH
                : Locale.ENGLISH;
    }

    /** The sentence in this language. */
    public String say(Sentence sentence) {
        Object[] values =
                sentence.values().stream()
                        .map(value -> value instanceof Sentence inner ? say(inner) : value)
                        .toArray();
        return new MessageFormat(pattern(sentence.key()), locale).format(values);
    }

    /** The words of a key with its places filled. */
    public String say(String key, Object... values) {
        return say(Sentence.of(key, values));
    }

    private String pattern(String key) {
        int dot = key.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("not a key of words: " + key);
        }
        try {
            return ResourceBundle.getBundle(
                            "vigie.text." + key.substring(0, dot), language(), NO_FALLBACK)
                    .getString(key.substring(dot + 1));
        } catch (MissingResourceException missing) {
            throw new IllegalStateException("no words for " + key, missing);
        }
    }
}
