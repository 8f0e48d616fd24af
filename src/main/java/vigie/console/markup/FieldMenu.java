package vigie.console.markup;

import javafx.beans.binding.Bindings;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.IndexRange;
import javafx.scene.control.MenuItem;
import javafx.scene.control.PasswordField;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextInputControl;

import vigie.console.words.Speech;

/**
 * The menu of a field, in the language of the window: JavaFX's own speaks that of the computer, and
 * keeps it.
 */
public final class FieldMenu {
    private FieldMenu() {}

    /** Gives a field its menu. JavaFX thread only. */
    public static void on(TextInputControl field, Speech speech) {
        ContextMenu menu = new ContextMenu();
        MenuItem copy = item("field.copy", speech, field::copy);
        MenuItem all = item("field.select-all", speech, field::selectAll);
        MenuItem undo = item("field.undo", speech, field::undo);
        MenuItem redo = item("field.redo", speech, field::redo);
        MenuItem cut = item("field.cut", speech, field::cut);
        MenuItem paste = item("field.paste", speech, field::paste);
        MenuItem delete = item("field.delete", speech, () -> delete(field));
        menu.setOnShowing(_ -> {
            boolean nothing = field.getSelection().getLength() == 0;
            boolean secret = field instanceof PasswordField;
            copy.setDisable(nothing || secret);
            cut.setDisable(nothing || secret);
            delete.setDisable(nothing);
            undo.setDisable(!field.isUndoable());
            redo.setDisable(!field.isRedoable());
            all.setDisable(field.getLength() == 0);
            if (field.isEditable()) {
                menu.getItems()
                        .setAll(
                                undo,
                                redo,
                                new SeparatorMenuItem(),
                                cut,
                                copy,
                                paste,
                                delete,
                                new SeparatorMenuItem(),
                                all);
            } else {
                menu.getItems().setAll(copy, all);
            }
        });
        // Without an item a menu is not shown at all.
        menu.getItems().setAll(copy, all);
        field.setContextMenu(menu);
    }

    private static MenuItem item(String key, Speech speech, Runnable work) {
        MenuItem item = new MenuItem();
        item.textProperty().bind(Bindings.valueAt(speech.labels(), key));
        item.setOnAction(_ -> work.run());
        return item;
    }

    private static void delete(TextInputControl field) {
        IndexRange selected = field.getSelection();
        field.deleteText(selected);
    }
}
