package vigie.text;

import java.util.List;

/**
 * Something to say to a person, not yet in a language.
 *
 * @param key {@code bundle.name}: the part before the first dot names the file of words, for
 *     example {@code store.refused}
 * @param values what fills the places {0}, {1}, … of the words; strings, numbers, or sentences
 */
public record Sentence(String key, List<Object> values) {
    public Sentence {
        values = List.copyOf(values);
    }

    public static Sentence of(String key, Object... values) {
        return new Sentence(key, List.of(values));
    }
}
