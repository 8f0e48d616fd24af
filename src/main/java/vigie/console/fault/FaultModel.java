package vigie.console.fault;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import vigie.console.words.Speech;

import java.util.List;
import java.util.Optional;

/** What stands in the way, and what to do. JavaFX thread only. */
public final class FaultModel {
    /**
     * The page.
     *
     * @param sentence what, where, and the remedy
     * @param statements what of it can be copied and run
     * @param again how Vigie tries again
     */
    public record Page(String sentence, List<String> statements, String again) {
        public Page {
            statements = List.copyOf(statements);
        }
    }

    private final Speech speech;
    private final ReadOnlyObjectWrapper<Optional<Page>> page =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Obstacle> obstacle = Optional.empty();

    public FaultModel(Speech speech) {
        this.speech = speech;
        speech.wordsProperty().addListener(language -> make());
    }

    /** Shows what stands in the way, or (empty) takes the page away. */
    public void show(Optional<Obstacle> newObstacle) {
        if (!newObstacle.equals(obstacle)) {
            obstacle = newObstacle;
            make();
        }
    }

    /** The page; empty: nothing stands in the way. */
    public ReadOnlyObjectProperty<Optional<Page>> pageProperty() {
        return page.getReadOnlyProperty();
    }

    private void make() {
        page.set(obstacle.map(this::page));
    }

    private Page page(Obstacle shown) {
        String text = speech.words().say(shown.sentence());
        String again =
                switch (shown.kind()) {
                    case UNREACHED -> "fault.keeps-trying";
                    case BLOCKED -> "fault.by-itself";
                };
        return new Page(text, Remedies.statements(text), speech.say(again));
    }
}
