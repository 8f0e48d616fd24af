package vigie.console.setup;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.guide.GuideBook;
import vigie.console.words.Speech;
import vigie.note.Note;
import vigie.plan.Plan;
import vigie.setup.Change;
import vigie.setup.Settings;
import vigie.setup.SettingsFile;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Three pages of settings, one after the other at the first start, in any order later. Nothing is
 * written before the end, and then all of it or nothing. JavaFX thread only.
 */
public final class SetupModel {
    private static final Logger LOG = LoggerFactory.getLogger(SetupModel.class);

    /** The pages in their order. */
    public enum Step {
        DATABASE,
        PLAN,
        LANGUAGE
    }

    /** What it is for. */
    public enum Purpose {
        /** Nothing is settled yet: one page after the other. */
        FIRST,
        /** Something is to be settled otherwise: any page. */
        CHANGE
    }

    private final Speech speech;
    private final Purpose purpose;
    private final Settings before;
    private final Locale opened;
    private final SetupTools tools;
    private final DatabaseModel database;
    private final PlanModel plan;
    private final BooleanProperty fahrenheit;
    private final StringProperty operator;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.DATABASE);
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Sentence>> fault =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Consumer<SettingsFile.Written> done;
    private final Runnable left;

    /**
     * @param speech the language that the pages speak, and which they change
     * @param before what is settled now
     * @param done told once, when all is written
     * @param left told where nothing is wanted any more; nothing was written
     */
    public SetupModel(
            Speech speech,
            Purpose purpose,
            Settings before,
            SetupTools tools,
            Consumer<SettingsFile.Written> done,
            Runnable left) {
        this.speech = speech;
        this.purpose = purpose;
        this.before = before;
        opened = speech.words().language();
        this.tools = tools;
        this.done = done;
        this.left = left;
        database = new DatabaseModel(tools, before.database());
        plan = new PlanModel(tools, before.plan());
        fahrenheit = new SimpleBooleanProperty(before.fahrenheit());
        operator = new SimpleStringProperty(before.operator());
        database.checkProperty().addListener((property, was, now) -> judge());
        database.anywayProperty().addListener((property, was, now) -> judge());
        plan.planProperty().addListener((property, was, now) -> judge());
        plan.choiceProperty().addListener((property, was, now) -> judge());
        fahrenheit.addListener((property, was, now) -> judge());
        operator.addListener((property, was, now) -> judge());
        speech.wordsProperty().addListener((property, was, now) -> judge());
        judge();
    }

    Speech speech() {
        return speech;
    }

    Purpose purpose() {
        return purpose;
    }

    DatabaseModel database() {
        return database;
    }

    PlanModel plan() {
        return plan;
    }

    BooleanProperty fahrenheitProperty() {
        return fahrenheit;
    }

    StringProperty operatorProperty() {
        return operator;
    }

    /** Where what is settled is written, for people. */
    String file() {
        return tools.file().toString();
    }

    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    /** Whether it can go on from here. */
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /** Whether it is being written. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** What is in the way of going on or of writing, or what became of the guide. */
    public ReadOnlyObjectProperty<Optional<Sentence>> faultProperty() {
        return fault.getReadOnlyProperty();
    }

    /** Whether going on from here is the end. */
    boolean isLast() {
        return purpose == Purpose.CHANGE || step.get() == Step.LANGUAGE;
    }

    /** Whether a page can be opened now. */
    boolean canOpen(Step wanted) {
        return purpose == Purpose.CHANGE
                || wanted.compareTo(step.get()) <= 0
                || (wanted == Step.PLAN && database.isReady())
                || (wanted == Step.LANGUAGE && database.isReady() && plan.isReady());
    }

    /** Opens a page, where it can be. */
    void open(Step wanted) {
        if (busy.get() || !canOpen(wanted)) {
            return;
        }
        step.set(wanted);
        if (wanted == Step.PLAN) {
            plan.watch(database.address());
        } else {
            plan.rest();
        }
        judge();
    }

    /** To the page before. */
    void back() {
        switch (step.get()) {
            case DATABASE -> {}
            case PLAN -> open(Step.DATABASE);
            case LANGUAGE -> open(Step.PLAN);
        }
    }

    /** To the next page, or to the end. */
    void next() {
        if (!ready.get() || busy.get()) {
            return;
        }
        if (isLast()) {
            write();
            return;
        }
        switch (step.get()) {
            case DATABASE -> open(Step.PLAN);
            case PLAN, LANGUAGE -> open(Step.LANGUAGE);
        }
    }

    /** Nothing is wanted any more. */
    void leave() {
        if (!busy.get()) {
            close();
            speech.speak(opened);
            left.run();
        }
    }

    /** Whether something is otherwise than it was when the pages were opened. */
    boolean isTouched() {
        return database.isTouched()
                || plan.isTouched()
                || fahrenheit.get() != before.fahrenheit()
                || !operator.get().equals(before.operator())
                || !speech.words().language().equals(opened);
    }

    /** Opens the user guide beside; says where it is, or why it was not opened. */
    void openGuide() {
        Locale language = speech.words().language();
        fault.set(Optional.of(Sentence.of("guide.opening")));
        Runnable _ =
                tools.later()
                        .begin(
                                Duration.ZERO,
                                () -> {
                                    Sentence told = openGuide(language);
                                    tools.home().execute(() -> fault.set(Optional.of(told)));
                                });
    }

    /** Not on the JavaFX thread. */
    private static Sentence openGuide(Locale language) {
        try {
            return GuideBook.here().open(language);
        } catch (Fault notOpened) {
            LOG.info("the guide: {}", notOpened.getMessage());
            return notOpened.sentence();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Sentence.of("guide.opening");
        }
    }

    /** Nothing is asked of anybody any more. */
    public void close() {
        database.close();
        plan.close();
    }

    private void judge() {
        Optional<Sentence> wrong = wrongName();
        fault.set(wrong);
        ready.set(
                wrong.isEmpty()
                        && !busy.get()
                        && switch (purpose) {
                            case FIRST ->
                                    switch (step.get()) {
                                        case DATABASE -> database.isReady();
                                        case PLAN -> plan.isReady();
                                        case LANGUAGE -> database.isReady() && plan.isReady();
                                    };
                            case CHANGE ->
                                    (!isDatabaseChanged() || database.isReady())
                                            && (!isPlanChanged() || plan.isReady())
                                            && !(change().isNone() && plan.drawn().isEmpty());
                        });
    }

    private Optional<Sentence> wrongName() {
        int length = operator.get().strip().codePointCount(0, operator.get().strip().length());
        return length > Note.LONGEST_AUTHOR
                ? Optional.of(Sentence.of("setup.operator-long", length, Note.LONGEST_AUTHOR))
                : Optional.empty();
    }

    private boolean isDatabaseChanged() {
        return purpose == Purpose.FIRST || !database.address().equals(before.database());
    }

    private boolean isPlanChanged() {
        return purpose == Purpose.FIRST
                || switch (plan.choiceProperty().get()) {
                    case REFERENCE -> before.plan().isPresent();
                    case FILE ->
                            !plan.fileProperty()
                                    .get()
                                    .strip()
                                    .equals(before.plan().map(Object::toString).orElse(""));
                    case EMPTY -> true;
                };
    }

    /** What is otherwise than before; at the first start all that was asked. */
    Change change() {
        boolean first = purpose == Purpose.FIRST;
        Change change = Change.NONE;
        if (isDatabaseChanged() && database.address().isPresent()) {
            change = change.database(database.address().get());
        }
        if (isPlanChanged() && plan.isReady()) {
            change = plan.applyTo(change);
        }
        Locale language = speech.words().language();
        if (first || !language.equals(before.language())) {
            change = change.language(language);
        }
        if (first || fahrenheit.get() != before.fahrenheit()) {
            change = change.fahrenheit(fahrenheit.get());
        }
        if (!operator.get().strip().equals(before.operator())) {
            change = change.operator(operator.get());
        }
        return change;
    }

    private void write() {
        Change change = change();
        Optional<Plan> drawn = isPlanChanged() ? plan.drawn() : Optional.empty();
        Locale language = speech.words().language();
        busy.set(true);
        judge();
        Runnable _ = tools.later().begin(Duration.ZERO, () -> write(change, drawn, language));
    }

    /** Not on the JavaFX thread. */
    private void write(Change change, Optional<Plan> drawn, Locale language) {
        try {
            SettingsFile.Written written = tools.writer().write(change, drawn, language);
            tools.home()
                    .execute(() -> {
                        busy.set(false);
                        close();
                        done.accept(written);
                    });
        } catch (Fault failed) {
            LOG.warn("the settings were not written: {}", failed.getMessage());
            notWritten(failed.sentence());
        } catch (RuntimeException mistake) { // the boundary of a thread
            LOG.error("the settings were not written", mistake);
            notWritten(Sentence.of("setup.check-failed"));
        }
    }

    private void notWritten(Sentence why) {
        tools.home()
                .execute(() -> {
                    busy.set(false);
                    judge();
                    fault.set(Optional.of(why));
                });
    }
}
