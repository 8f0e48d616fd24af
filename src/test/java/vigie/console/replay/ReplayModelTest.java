package vigie.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.history.chart.Stretch;
import vigie.console.words.Speech;
import vigie.history.Times;
import vigie.note.NoteBook;
import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.point.PointId;
import vigie.recording.Basis;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Occurrence;
import vigie.timeline.Playback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.Executor;

class ReplayModelTest {
    private static final Instant NOW = FakeRoom.NOW;

    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final FakePastRoom past = new FakePastRoom(room.plan(), NOW);
    private final FakeReplay replay = new FakeReplay(this::told);
    private final Speech speech = new Speech(Locale.UK);
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean holds;
    private final ReplayModel model = model(Optional.of(past), Optional.of("A. Operator"));

    private ReplayModel model(Optional<NoteBook> notes, Optional<String> operator) {
        Executor elsewhere =
                work -> {
                    if (holds) {
                        held.add(work);
                    } else {
                        work.run();
                    }
                };
        return new ReplayModel(
                speech,
                room.plan(),
                new ReplaySettings(past, notes, operator, Optional.empty(), Optional.empty()),
                replay,
                elsewhere,
                Runnable::run,
                InstantSource.fixed(NOW));
    }

    private void told(Optional<Playback> playback) {
        model.show(replay.mode(), playback);
    }

    @Test
    void a_replay_begins_ten_minutes_ago() {
        model.show(frames.next());
        model.enter();
        assertThat(replay.acts).containsExactly("open REPLAY at 2026-11-21T11:13:12Z");
        assertThat(model.openProperty().get()).isTrue();
        assertThat(model.playbackProperty().get().orElseThrow().to())
                .as("moves on with the present")
                .isAfter(NOW);
        model.enter();
        assertThat(replay.acts).as("once is enough").hasSize(1);
    }

    @Test
    void where_nothing_was_recorded_there_is_a_sentence_and_no_replay() {
        past.fault =
                Optional.of(
                        new Fault(
                                Fault.Kind.BLOCKED,
                                Sentence.of("replay.nothing"),
                                "nothing was recorded"));
        model.enter();
        assertThat(replay.acts).isEmpty();
        assertThat(model.failureProperty().get()).contains(Sentence.of("replay.nothing"));
        past.fault = Optional.empty();
        model.enter();
        assertThat(replay.acts).hasSize(1);
        assertThat(model.failureProperty().get()).isEmpty();
    }

    @Test
    void an_event_of_the_list_is_gone_to_also_from_the_present() {
        model.show(frames.next());
        model.toggle();
        EventRow row = row("32.2 °C, above 32 °C");
        model.goTo(row.event().at());
        assertThat(replay.acts).containsExactly("open REPLAY at " + row.event().at());
        assertThat(model.currentProperty().get()).contains(row);
    }

    @Test
    void an_event_says_what_when_and_where_in_the_room_s_zone() {
        model.toggle();
        EventRow row = row("32.2 °C, above 32 °C");
        assertThat(row.when()).isEqualTo("21 Nov 11:01:27");
        assertThat(row.where()).isEqualTo("Rack A4 inlet, top");
        assertThat(plain(row.more())).isEqualTo("for 22 min, until 11:23:27");
        assertThat(row("Compressor").more()).isEqualTo("night shift");
        speech.speak(Locale.FRENCH);
        assertThat(row("32,2 °C, au-dessus de 32 °C").where())
                .isEqualTo("Entrée d'air baie A4, haut");
    }

    @Test
    void kinds_and_words_filter_the_list_and_kinds_what_is_jumped_to() {
        model.toggle();
        int all = model.rows().size();
        model.only(Occurrence.Kind.LIMIT);
        assertThat(model.rows())
                .hasSize(5)
                .allMatch(row -> row.event().kind() == Occurrence.Kind.LIMIT);
        model.searchProperty().set("A4  inlet");
        assertThat(model.rows()).hasSize(2);
        model.searchProperty().set("");
        model.kind(Occurrence.Kind.NOTE, true);
        assertThat(model.rows()).hasSize(6);
        model.enter();
        model.jump(true);
        assertThat(replay.acts.getLast()).isEqualTo("jump back [LIMIT, NOTE]");
        model.kind(Occurrence.Kind.NOTE, false);
        model.only(Occurrence.Kind.LIMIT);
        assertThat(model.rows()).hasSizeGreaterThanOrEqualTo(all);
    }

    @Test
    void the_event_of_now_is_marked_as_time_plays() {
        model.toggle();
        model.goTo(FakePastRoom.FAILURE.plus(Duration.ofMinutes(20)));
        assertThat(model.currentProperty().get().orElseThrow().what()).startsWith("Compressor");
        replay.seek(FakePastRoom.FAILURE.plus(Duration.ofMinutes(26)));
        assertThat(plain(model.currentProperty().get().orElseThrow().what())).startsWith("32.4 °C");
        model.live();
        assertThat(model.currentProperty().get()).isEmpty();
    }

    @Test
    void what_is_typed_is_a_moment_of_the_room_s_zone() {
        model.enter();
        assertThat(model.goTo("2026-11-21 10:30")).isEmpty();
        assertThat(replay.acts.getLast()).isEqualTo("seek 2026-11-21T09:30:00Z");
        assertThat(model.goTo("9:45")).as("of the day that is shown").isEmpty();
        assertThat(replay.acts.getLast()).isEqualTo("seek 2026-11-21T08:45:00Z");
        assertThat(model.goTo("yesterday"))
                .contains(Sentence.of("replay.typed-wrong", "yesterday"));
        assertThat(replay.acts.getLast()).isEqualTo("seek 2026-11-21T08:45:00Z");
    }

    @Test
    void of_an_hour_that_comes_twice_it_is_said_which_one_was_taken() {
        model.enter();
        assertThat(model.goTo("2026-10-25 02:30").map(Sentence::key)).contains("app.moment.twice");
        assertThat(replay.acts.getLast()).isEqualTo("seek 2026-10-25T00:30:00Z");
        assertThat(model.goTo("2026-03-29 02:30").map(Sentence::key))
                .contains("app.moment.missing");
        assertThat(replay.acts.getLast()).isEqualTo("seek 2026-03-29T01:30:00Z");
    }

    @Test
    void both_hours_of_the_end_of_summer_time_are_told_apart() {
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        assertThat(EventWords.digits(first, model.figures()))
                .isEqualTo("2026-10-25 02:30:00 UTC+2");
        assertThat(EventWords.digits(first.plus(Duration.ofHours(1)), model.figures()))
                .isEqualTo("2026-10-25 02:30:00 UTC+1");
        assertThat(EventWords.digits(first.plus(Duration.ofHours(2)), model.figures()))
                .isEqualTo("2026-10-25 03:30:00");
    }

    @Test
    void hands_play_stand_hurry_and_step() {
        model.enter();
        replay.acts.clear();
        model.playOrPause();
        model.playOrPause();
        model.play(true);
        model.faster(true);
        model.faster(false);
        model.faster(false);
        model.skipQuiet();
        model.step(false);
        model.step(true);
        assertThat(replay.acts)
                .containsExactly(
                        "play",
                        "pause",
                        "play back",
                        "speed 2.0",
                        "speed 1.0",
                        "speed 0.5",
                        "skip true",
                        "step",
                        "step back");
    }

    @Test
    void a_condition_is_played_to_and_taken_back() {
        model.enter();
        replay.acts.clear();
        model.playUntil("hot spot > 38", Optional.empty());
        assertThat(replay.acts).containsExactly("until sensor.hot_aisle_hot_spot > 38", "play");
        replay.acts.clear();
        model.playUntil("cellar > 38", Optional.empty());
        assertThat(replay.acts).isEmpty();
        model.playUntil("", Optional.empty());
        assertThat(replay.acts).containsExactly("until nothing");
    }

    @Test
    void a_drill_has_no_controls_but_its_end() {
        replay.open(
                new Start(Mode.DRILL, NOW.minusSeconds(3600), NOW, NOW.minusSeconds(60), 1, true));
        replay.acts.clear();
        model.playOrPause();
        model.faster(true);
        model.jump(false);
        assertThat(replay.acts).isEmpty();
        assertThat(model.openProperty().get()).isFalse();
        model.endDrill();
        assertThat(replay.acts).containsExactly("open INCIDENT at " + NOW.minusSeconds(60));
        assertThat(model.openProperty().get()).isTrue();
    }

    @Test
    void known_then_is_refused_where_nobody_knows_it() {
        past.thenMissing = Optional.of(Sentence.of("replay.then-asked"));
        model.enter();
        replay.acts.clear();
        model.basis(Basis.KNOWN_THEN);
        assertThat(replay.acts).isEmpty();
        assertThat(model.thenMissingProperty().get()).isPresent();
    }

    @Test
    void known_then_is_told_where_it_is_known() {
        model.enter();
        replay.acts.clear();
        model.basis(Basis.KNOWN_THEN);
        assertThat(replay.acts).containsExactly("basis then");
    }

    @Test
    void a_hand_on_the_playhead_seeks_in_the_past_and_opens_it_from_the_present() {
        model.toggle();
        Instant first = NOW.minusSeconds(1800);
        model.drag(Times.micros(first));
        assertThat(model.playheadProperty().get()).isEqualTo(Times.micros(first));
        assertThat(replay.acts).isEmpty();
        model.drop();
        assertThat(replay.acts).containsExactly("open REPLAY at " + first);
        model.drag(Times.micros(NOW.minusSeconds(60)));
        assertThat(replay.acts.getLast()).isEqualTo("seek " + NOW.minusSeconds(60));
        model.drop();
        assertThat(replay.acts).hasSize(2);
    }

    @Test
    void what_nobody_waits_for_is_not_told() {
        holds = true;
        model.toggle();
        List<Runnable> first = List.copyOf(held);
        held.clear();
        model.move(-Duration.ofDays(3).toNanos() / 1_000);
        assertThat(model.readingProperty().get()).isTrue();
        first.forEach(Runnable::run);
        assertThat(model.rows()).as("of the stretch before").isEmpty();
        List.copyOf(held).forEach(Runnable::run);
        assertThat(model.rows()).isEmpty();
        assertThat(model.readingProperty().get()).isFalse();
    }

    @Test
    void what_cannot_be_read_is_said_and_asked_again_elsewhere() {
        past.fault =
                Optional.of(
                        new Fault(
                                Fault.Kind.PASSING,
                                Sentence.of("replay.events-failed"),
                                "as it was told"));
        model.toggle();
        assertThat(model.failureProperty().get()).isPresent();
        assertThat(model.readingProperty().get()).isFalse();
        past.fault = Optional.empty();
        model.move(-Duration.ofHours(5).toNanos() / 1_000);
        assertThat(model.failureProperty().get()).isEmpty();
    }

    @Test
    void a_note_is_about_the_moment_shown_and_stands_in_the_list_at_once() {
        model.toggle();
        model.goTo(NOW.minusSeconds(600));
        model.notes()
                .write(
                        " Doors checked ",
                        "A. Operator",
                        Optional.of(new ElementId("a4")),
                        () -> {});
        assertThat(past.notes)
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.at()).isEqualTo(NOW.minusSeconds(600));
                    assertThat(note.text()).isEqualTo("Doors checked");
                    assertThat(note.element()).contains("a4");
                });
        assertThat(row("Doors checked").more()).isEqualTo("A. Operator");
    }

    @Test
    void a_note_is_about_the_moment_at_which_somebody_began_to_write_it() {
        model.toggle();
        model.goTo(NOW.minusSeconds(600));
        model.notes().begin();
        model.showAt(NOW.minusSeconds(500));
        model.notes().begin();
        model.notes().write("Doors checked", "A. Operator", Optional.empty(), () -> {});
        assertThat(past.notes.getLast().at()).isEqualTo(NOW.minusSeconds(600));
        model.notes().begin();
        model.goTo(NOW.minusSeconds(300));
        model.notes().write("Doors closed", "A. Operator", Optional.empty(), () -> {});
        assertThat(past.notes.getLast().at()).isEqualTo(NOW.minusSeconds(300));
    }

    @Test
    void a_note_needs_a_name_and_is_never_lost_in_silence() {
        ReplayModel nameless = model(Optional.of(past), Optional.empty());
        nameless.notes().write("Doors checked", " ", Optional.empty(), () -> {});
        assertThat(past.notes).isEmpty();
        assertThat(nameless.notes().remarkProperty().get().map(Sentence::key))
                .contains("replay.note.who");
        past.fault =
                Optional.of(
                        new Fault(
                                Fault.Kind.PASSING,
                                Sentence.of("replay.note.failed"),
                                "the database is away"));
        nameless.notes().write("Doors checked", "B", Optional.empty(), () -> {});
        assertThat(nameless.notes().remarkProperty().get())
                .contains(Sentence.of("replay.note.failed"));
        past.fault = Optional.empty();
        nameless.notes().write("Doors checked", "B", Optional.empty(), () -> {});
        assertThat(past.notes).hasSize(1);
        assertThat(nameless.notes().author()).contains("B");
    }

    /** As a replay of a database stands: at first it knows of no end after its first moment. */
    private void opened(Instant at, Instant to) {
        Playback now = replay.playback();
        replay.tell(
                new Playback(
                        at,
                        NOW.minus(Duration.ofDays(10)),
                        to,
                        now.basis(),
                        false,
                        false,
                        1,
                        1,
                        false,
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void a_replay_that_opens_lists_what_happened_up_to_the_present() {
        model.show(frames.next());
        Occurrence late = late(NOW.minusSeconds(120), Optional.empty());
        replay.endsAtFirst = Optional.of(Duration.ofDays(10));
        model.enter();
        assertThat(model.eventsProperty().get()).doesNotContain(late);
        assertThat(model.stretchProperty().get().width())
                .as("not ten days")
                .isEqualTo(Visible.USUAL);
        opened(replay.playback().at(), NOW);
        assertThat(model.eventsProperty().get()).contains(late);
        assertThat(model.stretchProperty().get().contains(Times.micros(NOW))).isTrue();
    }

    @Test
    void however_much_is_shown_its_end_follows_the_present() {
        replay.endsAtFirst = Optional.of(Duration.ofDays(10));
        model.enter();
        opened(NOW.minusSeconds(600), NOW);
        model.zoom(Times.micros(NOW), 100);
        int before = model.eventsProperty().get().size();
        Occurrence next = late(NOW.plusSeconds(5), Optional.empty());
        opened(NOW.minusSeconds(600), NOW.plusSeconds(22));
        assertThat(model.eventsProperty().get()).hasSize(before + 1).contains(next);
        past.occurrences.remove(next);
        Occurrence over = late(NOW.plusSeconds(5), Optional.of(NOW.plusSeconds(30)));
        opened(NOW.minusSeconds(600), NOW.plusSeconds(40));
        assertThat(model.eventsProperty().get())
                .as("told once, with its end")
                .hasSize(before + 1)
                .contains(over)
                .doesNotContain(next);
    }

    @Test
    void what_goes_on_longer_keeps_its_beginning_and_is_told_once() {
        Occurrence begun = late(NOW.minusSeconds(3_000), Optional.empty());
        replay.endsAtFirst = Optional.of(Duration.ofDays(10));
        model.enter();
        opened(NOW.minusSeconds(600), NOW);
        assertThat(model.eventsProperty().get()).contains(begun);
        int before = model.eventsProperty().get().size();
        past.occurrences.remove(begun);
        Instant asked = NOW.minusSeconds(300).plusNanos(1_000);
        Occurrence cut = late(asked, Optional.of(NOW.plusSeconds(4)));
        opened(NOW.minusSeconds(600), NOW.plusSeconds(12));
        assertThat(model.eventsProperty().get())
                .hasSize(before)
                .doesNotContain(cut)
                .anySatisfy(one -> {
                    assertThat(one.at()).isEqualTo(begun.at());
                    assertThat(one.to()).isEqualTo(cut.to());
                });
    }

    @Test
    void what_could_not_be_read_is_asked_again_as_time_goes_on() {
        replay.endsAtFirst = Optional.of(Duration.ofDays(10));
        model.enter();
        past.fault =
                Optional.of(
                        new Fault(
                                Fault.Kind.PASSING,
                                Sentence.of("replay.events-failed"),
                                "as it was told"));
        opened(NOW.minusSeconds(600), NOW);
        opened(NOW.minusSeconds(600), NOW.plusSeconds(11));
        past.fault = Optional.empty();
        Occurrence late = late(NOW.minusSeconds(1_200), Optional.empty());
        opened(NOW.minusSeconds(600), NOW.plusSeconds(22));
        assertThat(model.failureProperty().get()).isEmpty();
        assertThat(model.eventsProperty().get()).as("all of it").contains(late);
    }

    @Test
    void what_is_committed_long_after_its_time_joins_the_list_by_itself() {
        model.show(frames.next());
        model.toggle();
        Occurrence before = model.eventsProperty().get().getFirst();
        Occurrence late = late(NOW.minusSeconds(2_400), Optional.empty());
        past.occurrences.remove(before);
        model.show(frames.next());
        assertThat(model.eventsProperty().get()).contains(before).doesNotContain(late);
        came(NOW.minus(Duration.ofDays(3)), NOW.minus(Duration.ofDays(2)));
        assertThat(model.eventsProperty().get())
                .as("of a time that is not shown nothing is asked")
                .contains(before)
                .doesNotContain(late);
        came(late.at(), late.at());
        assertThat(model.eventsProperty().get()).contains(late).doesNotContain(before);
        past.occurrences.remove(late);
        model.enter();
        holds = true;
        model.move(-Duration.ofHours(20).toNanos() / 1_000);
        came(NOW.minus(Duration.ofHours(20)), NOW);
        came(NOW.minus(Duration.ofHours(20)), NOW);
        assertThat(held).as("one question at a time").hasSizeLessThan(4);
        while (!held.isEmpty()) {
            held.remove().run();
        }
        assertThat(model.eventsProperty().get()).doesNotContain(late);
        assertThat(model.readingProperty().get()).isFalse();
    }

    private void came(Instant from, Instant to) {
        past.late.forEach(late -> late.came(from, to));
    }

    private Occurrence late(Instant at, Optional<Instant> to) {
        Occurrence late =
                new Occurrence(
                        Occurrence.Kind.STATE,
                        at,
                        to,
                        Duration.ZERO,
                        Optional.of(new ElementId("crac-2")),
                        Optional.of(new PointId("binary_sensor.crac_2_running")),
                        Deviation.NONE,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        null,
                        "off",
                        null);
        past.occurrences.add(late);
        return late;
    }

    @Test
    void the_lanes_follow_what_plays() {
        model.enter();
        Stretch before = model.stretchProperty().get();
        replay.seek(NOW.minus(Duration.ofHours(20)));
        assertThat(model.stretchProperty().get()).isNotEqualTo(before);
        assertThat(model.stretchProperty().get().contains(model.playheadProperty().get())).isTrue();
    }

    private EventRow row(String what) {
        return model.rows().stream()
                .filter(row -> plain(row.what()).startsWith(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError(what));
    }

    private static String plain(String text) {
        return text.replace('\u00A0', ' ');
    }
}
