package vigie.console.setup;

import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;

import vigie.setup.DatabaseFields;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The field of the host, into which people paste the whole address that they have. It is handed on
 * and never shown: it holds a password.
 */
public final class AddressField extends TextField {
    private Optional<Consumer<String>> onAddress = Optional.empty();

    /** Made by markup. */
    public AddressField() {}

    void setOnAddress(Consumer<String> told) {
        onAddress = Optional.of(told);
    }

    @Override
    public void paste() {
        String held = Optional.ofNullable(Clipboard.getSystemClipboard().getString()).orElse("");
        if (onAddress.isPresent() && DatabaseFields.isAddress(held)) {
            onAddress.get().accept(held);
        } else {
            super.paste();
        }
    }
}
