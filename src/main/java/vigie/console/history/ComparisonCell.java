package vigie.console.history;

import javafx.scene.control.ListCell;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** A comparison in the list, by its name. */
final class ComparisonCell extends ListCell<Comparison> {
    private final Function<String, String> words;

    ComparisonCell(Function<String, String> words) {
        this.words = words;
    }

    @Override
    protected void updateItem(@Nullable Comparison one, boolean empty) {
        super.updateItem(one, empty);
        setText(one == null || empty ? "" : words.apply("compare." + one.word()));
    }
}
