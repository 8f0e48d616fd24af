package vigie.console.words;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;

import vigie.point.DisplayUnits;
import vigie.text.Words;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * The language the window speaks now. Switching it changes every label at once: markup binds to
 * {@link #labels}, view models make their sentences again. JavaFX thread only.
 */
public final class Speech {
    private static final String BUNDLE = "console";

    /** Words of the history screen; its keys keep their bundle's name among the labels. */
    private static final String CHARTS = "chart";

    /** Words of the replay; as those of the history screen. */
    private static final String REPLAY = "replay";

    /** Words of work that takes a while; as those of the history screen. */
    private static final String JOB = "job";

    /** Words of the assistant and the settings; as those of the history screen. */
    private static final String SETUP = "setup";

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final ReadOnlyObjectWrapper<Words> words;
    private final ObservableMap<String, String> labels = FXCollections.observableHashMap();
    private final Locale first;
    private DisplayUnits units;

    /**
     * @param locale language, ways of writing numbers, and the unit of temperatures
     */
    public Speech(Locale locale) {
        first = locale;
        units = DisplayUnits.of(locale);
        words = new ReadOnlyObjectWrapper<>(Words.in(locale));
        labels.putAll(labelsOf(words.get()));
    }

    /** The words of now. */
    public Words words() {
        return words.get();
    }

    public ReadOnlyObjectProperty<Words> wordsProperty() {
        return words.getReadOnlyProperty();
    }

    /**
     * The fixed words of the bundle {@code console} by key without the bundle's name, and those of
     * {@code chart}, {@code replay}, {@code job} and {@code setup} with it. The same map for ever;
     * its values change with the language.
     */
    public ObservableMap<String, String> labels() {
        return labels;
    }

    /** Says the words of a key of the bundle {@code console}. */
    public String say(String key, Object... values) {
        return words.get().say(BUNDLE + "." + key, values);
    }

    /**
     * Speaks another language. Where it is the language of the locale the window was opened with,
     * that locale's own ways of writing numbers come back with it.
     */
    public void speak(Locale language) {
        Locale locale = first.getLanguage().equals(language.getLanguage()) ? first : language;
        Words next = Words.in(units.in(locale));
        labels.putAll(labelsOf(next));
        words.set(next);
    }

    /** In which unit temperatures are shown. */
    public DisplayUnits units() {
        return units;
    }

    /** Shows temperatures in another unit, everywhere at once. */
    public void show(DisplayUnits chosen) {
        units = chosen;
        // New words even where they are the same ones: whoever writes figures hears of it.
        words.set(Words.in(chosen.in(words.get().locale())));
    }

    private static Map<String, String> labelsOf(Words words) {
        Map<String, String> labels = new HashMap<>();
        collect(BUNDLE, "", words, labels);
        collect(CHARTS, CHARTS + ".", words, labels);
        collect(REPLAY, REPLAY + ".", words, labels);
        collect(JOB, JOB + ".", words, labels);
        collect(SETUP, SETUP + ".", words, labels);
        return labels;
    }

    private static void collect(
            String name, String prefix, Words words, Map<String, String> labels) {
        ResourceBundle bundle =
                ResourceBundle.getBundle("vigie.text." + name, words.language(), NO_FALLBACK);
        for (String key : bundle.keySet()) {
            if (!bundle.getString(key).contains("{")) {
                labels.put(prefix + key, words.say(name + "." + key));
            }
        }
    }
}
