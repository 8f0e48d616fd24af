package vigie.console.setup;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.feed.Diagnosis;
import vigie.feed.Finding.Grade;
import vigie.setup.DatabaseFields;
import vigie.store.DatabaseAddress;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Duration;
import java.util.Optional;

/**
 * The page of the database: an address in fields, looked at by the doctor's checks whenever it has
 * been left alone for a moment. JavaFX thread only.
 */
public final class DatabaseModel {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseModel.class);

    /** Somebody who types is not asked about every letter. */
    static final Duration PAUSE = Duration.ofMillis(600);

    /** How far the checking is. */
    public sealed interface Check {
        /** Not enough is typed to look anywhere. */
        record Waiting() implements Check {}

        /** What is typed is no address, or the looking itself failed. */
        record Wrong(Sentence why) implements Check {}

        /** It is being looked at. */
        record Looking(String where) implements Check {}

        /** What was found. */
        record Found(Diagnosis diagnosis) implements Check {}
    }

    private final StringProperty host = new SimpleStringProperty("");
    private final StringProperty port = new SimpleStringProperty("");
    private final StringProperty schema = new SimpleStringProperty("");
    private final StringProperty user = new SimpleStringProperty("");
    private final StringProperty password = new SimpleStringProperty("");
    private final ObjectProperty<Tls> tls = new SimpleObjectProperty<>(new Tls.Off());
    private final BooleanProperty anyway = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Check> check =
            new ReadOnlyObjectWrapper<>(new Check.Waiting());
    private final SetupTools tools;
    private Optional<DatabaseAddress> address = Optional.empty();
    private Runnable cancel = () -> {};
    private Runnable onSpread = () -> {};
    private int asked;
    private final DatabaseFields opened;
    private boolean filling;

    DatabaseModel(SetupTools tools, Optional<DatabaseAddress> now) {
        this.tools = tools;
        opened = now.map(DatabaseFields::of).orElse(DatabaseFields.EMPTY);
        fill(opened);
        for (StringProperty field : new StringProperty[] {host, port, schema, user, password}) {
            field.addListener((property, before, text) -> changed());
        }
        tls.addListener((property, before, guard) -> changed());
        changed();
    }

    StringProperty hostProperty() {
        return host;
    }

    StringProperty portProperty() {
        return port;
    }

    StringProperty schemaProperty() {
        return schema;
    }

    StringProperty userProperty() {
        return user;
    }

    StringProperty passwordProperty() {
        return password;
    }

    ObjectProperty<Tls> tlsProperty() {
        return tls;
    }

    /** Whether to go on with a database that cannot serve yet. */
    BooleanProperty anywayProperty() {
        return anyway;
    }

    ReadOnlyObjectProperty<Check> checkProperty() {
        return check.getReadOnlyProperty();
    }

    /** The address that is typed; empty: it is none yet. */
    Optional<DatabaseAddress> address() {
        return address;
    }

    /** Whether something is typed otherwise than it was when the page was opened. */
    boolean isTouched() {
        return !typed().equals(opened);
    }

    /** Whether it serves, or is wanted although it does not. */
    boolean isReady() {
        return address.isPresent()
                && (anyway.get()
                        || (check.get() instanceof Check.Found(Diagnosis diagnosis)
                                && diagnosis.grade() != Grade.BLOCKED));
    }

    /** Fills the fields with a whole address, of which none is shown. */
    void paste(String text) {
        try {
            DatabaseFields pasted = DatabaseFields.of(DatabaseAddress.required(text));
            filling = true;
            fill(pasted);
            filling = false;
            changed();
        } catch (Fault wrong) {
            stop();
            address = Optional.empty();
            check.set(new Check.Wrong(wrong.sentence()));
        }
    }

    /** Spreads a whole address that was typed as the host; what is none yet stays as it is. */
    void spread() {
        DatabaseFields typed = typed();
        if (!typed.isSpreadable()) {
            return;
        }
        try {
            DatabaseFields spread = typed.spread();
            filling = true;
            fill(spread);
            filling = false;
            changed();
            onSpread.run();
        } catch (Fault notYet) {
            LOG.debug("no address yet: {}", notYet.getMessage());
        }
    }

    /** Told when a typed address has come into its fields. */
    void setOnSpread(Runnable told) {
        onSpread = told;
    }

    /** Looks once more at what is typed. */
    void again() {
        changed(Duration.ZERO);
    }

    /** Nobody wants to know any more. */
    void close() {
        stop();
    }

    private void fill(DatabaseFields fields) {
        host.set(fields.host());
        port.set(fields.port());
        schema.set(fields.schema());
        user.set(fields.user());
        password.set(fields.password().reveal());
        tls.set(fields.tls());
    }

    private void stop() {
        asked++;
        cancel.run();
        cancel = () -> {};
    }

    private void changed() {
        if (!filling) {
            changed(PAUSE);
        }
    }

    private DatabaseFields typed() {
        return new DatabaseFields(
                host.get(),
                port.get(),
                schema.get(),
                user.get(),
                Secret.of(password.get()),
                tls.get());
    }

    private void changed(Duration pause) {
        stop();
        address = Optional.empty();
        DatabaseFields fields = typed();
        if (fields.isSpreadable()) {
            spreadAfter(pause, fields);
            return;
        }
        if (!fields.isComplete()) {
            check.set(new Check.Waiting());
            return;
        }
        try {
            DatabaseAddress typed = fields.address();
            address = Optional.of(typed);
            check.set(new Check.Looking(typed.shownHosts()));
            int mine = asked;
            cancel = tools.later().begin(pause, () -> look(typed, mine));
        } catch (Fault wrong) {
            check.set(new Check.Wrong(wrong.sentence()));
        }
    }

    /** It may end with each of its letters: who still types is not interrupted. */
    private void spreadAfter(Duration pause, DatabaseFields fields) {
        try {
            fields.spread();
            check.set(new Check.Waiting());
            int mine = asked;
            cancel =
                    tools.later()
                            .begin(
                                    pause,
                                    () ->
                                            tools.home()
                                                    .execute(() -> {
                                                        if (mine == asked) {
                                                            spread();
                                                        }
                                                    }));
        } catch (Fault wrong) {
            check.set(new Check.Wrong(wrong.sentence()));
        }
    }

    /** Not on the JavaFX thread. */
    private void look(DatabaseAddress typed, int mine) {
        Check found;
        try {
            found = new Check.Found(tools.look().at(typed));
        } catch (Fault wrong) {
            found = new Check.Wrong(wrong.sentence());
        } catch (RuntimeException unexpected) { // the boundary of a thread
            if (!Thread.currentThread().isInterrupted()) {
                LOG.error("the checks of {} failed", typed.shown(), unexpected);
            }
            found = new Check.Wrong(Sentence.of("setup.check-failed"));
        }
        Check answer = found;
        tools.home()
                .execute(() -> {
                    if (mine == asked) {
                        check.set(answer);
                    }
                });
    }
}
