package vigie.console.fault;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import vigie.console.words.Speech;
import vigie.text.Sentence;

import java.util.List;
import java.util.Optional;

/** What stands in the way, and what to do. JavaFX thread only. */
public final class FaultModel {
    /**
     * The page.
     *
     * @param sentence what, where, and the remedy
     * @param statements what of it can be copied and run
     */
    public record Page(String sentence, List<String> statements) {
        public Page {
            statements = List.copyOf(statements);
        }
    }

    private final Speech speech;
    private final ReadOnlyObjectWrapper<Optional<Page>> page =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Sentence> sentence = Optional.empty();

    public FaultModel(Speech speech) {
        this.speech = speech;
        speech.wordsProperty().addListener(language -> make());
    }

    /** Shows a sentence, or (empty) takes the page away. */
    public void show(Optional<Sentence> newSentence) {
        if (!newSentence.equals(sentence)) {
            sentence = newSentence;
            make();
        }
    }

    /** The page; empty: nothing stands in the way. */
    public ReadOnlyObjectProperty<Optional<Page>> pageProperty() {
        return page.getReadOnlyProperty();
    }

    private void make() {
        page.set(
                sentence.map(speech.words()::say)
                        .map(text -> new Page(text, Remedies.statements(text))));
    }
}
