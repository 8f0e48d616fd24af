package vigie.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.Accounts;
import vigie.store.DatabaseAddress;
import vigie.store.FutureSchema;
import vigie.store.OwnSchema;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@ExtendWith(EmbeddedMariaDb.class)
class NoteBookTest {
    private static final String SCHEMA = "t_note_book_own";
    private static final String ACCOUNT = "'t_note'@'127.0.0.1'";
    private static final Instant AT = Instant.parse("2026-03-04T02:13:20.123456Z");
    private static final String ODD =
            "a \"door\"\nstood\topen \u0000\u0001\u007f\\ 'é' \uD83D\uDE80 {0} ; DROP -- ";

    @TempDir Path folder;

    private TestDatabase database;
    private DatabaseAddress own;

    @BeforeEach
    void account(TestDatabase database) {
        this.database = database;
        database.asRoot(
                "DROP DATABASE IF EXISTS " + SCHEMA,
                "CREATE OR REPLACE USER " + ACCOUNT + " IDENTIFIED BY 'pass'");
        own =
                new DatabaseAddress(
                        List.of(database.server().at()),
                        "t_note",
                        Secret.of("pass"),
                        SCHEMA,
                        new Tls.Off());
    }

    @AfterEach
    void forget() {
        database.asRoot("DROP DATABASE IF EXISTS " + SCHEMA, "DROP USER IF EXISTS " + ACCOUNT);
    }

    private void allow() {
        Accounts.ownSchemaGrants(ACCOUNT, SCHEMA).forEach(database::asRoot);
    }

    private NoteBook open(Path its) {
        return NoteBook.open(database.reader(), own, its);
    }

    private static List<Note> all(NoteBook notes) throws Fault {
        return notes.between(AT.minus(Duration.ofDays(1)), AT.plus(Duration.ofDays(1)));
    }

    @Test
    void a_note_reaches_every_console_as_it_was_written() throws Exception {
        allow();
        try (NoteBook here = open(folder.resolve("here"));
                NoteBook there = open(folder.resolve("there"))) {
            Note note = here.add(AT, " Zoë \uD83D\uDE80 ", ODD, Optional.of("rack-a1"));
            assertThat(note.author()).isEqualTo("Zoë \uD83D\uDE80");
            assertThat(note.text()).isEqualTo(ODD);
            assertThat(note.at()).isEqualTo(AT);
            assertThat(Duration.between(note.written(), Instant.now()).abs())
                    .isLessThan(Duration.ofMinutes(1));
            Note room = there.add(AT.minusSeconds(5), "Bo", "earlier", Optional.empty());
            assertThat(all(here)).containsExactly(room, note);
            assertThat(all(there)).containsExactly(room, note);
            assertThat(here.between(AT, AT)).containsExactly(note);
            assertThat(here.between(AT.plusMillis(1), AT.plusSeconds(9))).isEmpty();
            assertThat(here.staysHere()).isEmpty();
            assertThat(folder.resolve("here")).doesNotExist();
        }
    }

    @Test
    void beside_a_newer_vigie_the_notes_of_all_are_read_and_new_ones_stay_here() throws Exception {
        allow();
        Note before;
        try (NoteBook here = open(folder)) {
            before = here.add(AT, "Ada", "before", Optional.empty());
        }
        assertThat(FutureSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);
        try (NoteBook here = open(folder)) {
            assertThat(all(here)).containsExactly(before);
            Note after = here.add(AT.plusSeconds(1), "Ada", "after", Optional.empty());
            assertThat(all(here)).containsExactly(before, after);
            assertThat(here.staysHere().orElseThrow().values().toString())
                    .contains("store.own.newer");
        }
        assertThat(database.column("SELECT text FROM " + SCHEMA + ".note"))
                .containsExactly("before");
    }

    @Test
    void notes_about_another_database_are_not_told() throws Exception {
        allow();
        try (NoteBook here = open(folder);
                NoteBook other =
                        NoteBook.open(database.reader().withSchema("another"), own, folder)) {
            here.add(AT, "Bo", "here", Optional.empty());
            assertThat(all(other)).isEmpty();
        }
    }

    @Test
    void without_the_right_to_write_it_stays_here_and_says_which_grant_would_help()
            throws Exception {
        try (NoteBook here = open(folder)) {
            Note note = here.add(AT, "Bo", ODD, Optional.of("x"));
            Note second = here.add(AT, "Bo", "second", Optional.empty());
            assertThat(all(here)).containsExactlyInAnyOrder(note, second);
            assertThat(here.staysHere().orElseThrow().values().toString())
                    .contains(folder.toString(), Accounts.ownSchemaGrants(ACCOUNT, SCHEMA).get(0));
        }
        allow();
        // What stayed here goes on to be told here when others can be reached.
        try (NoteBook here = open(folder);
                NoteBook there = open(folder.resolve("there"))) {
            assertThat(here.staysHere()).isEmpty();
            here.add(AT.plusSeconds(1), "Bo", "third", Optional.empty());
            assertThat(all(here)).hasSize(3);
            assertThat(all(there)).extracting(Note::text).containsExactly("third");
        }
    }

    @Test
    void a_reader_of_the_schema_reads_what_others_wrote() throws Exception {
        allow();
        try (NoteBook here = open(folder)) {
            here.add(AT, "Bo", "everybody", Optional.empty());
        }
        database.asRoot(
                "REVOKE INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX ON "
                        + Accounts.allOf(SCHEMA)
                        + " FROM "
                        + ACCOUNT);
        try (NoteBook wall = open(folder)) {
            assertThat(wall.staysHere()).isPresent();
            assertThat(all(wall)).extracting(Note::text).containsExactly("everybody");
        }
    }

    @Test
    void while_the_server_is_away_a_note_is_refused_and_kept_nowhere() throws Exception {
        DatabaseAddress away = DatabaseAddress.parse("mysql://nobody:x@127.0.0.1:1/homeassistant");
        try (NoteBook notes = NoteBook.open(away, away.withSchema("vigie"), folder)) {
            Fault fault =
                    catchThrowableOfType(
                            Fault.class, () -> notes.add(AT, "Bo", "text", Optional.empty()));
            assertThat(fault.kind()).isEqualTo(Fault.Kind.PASSING);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void limits_are_told_before_any_server_is_asked() throws Exception {
        DatabaseAddress away = DatabaseAddress.parse("mysql://nobody:x@127.0.0.1:1/homeassistant");
        try (NoteBook notes = NoteBook.open(away, away.withSchema("vigie"), folder)) {
            String rocket = "\uD83D\uDE80";
            for (Object[] wrong :
                    List.of(
                            new Object[] {"note.empty", "Bo", " \n"},
                            new Object[] {"note.tooLong", "Bo", rocket.repeat(2001)},
                            new Object[] {"note.author", " ", "text"},
                            new Object[] {"note.author", "x".repeat(65), "text"})) {
                Fault fault =
                        catchThrowableOfType(
                                Fault.class,
                                () ->
                                        notes.add(
                                                AT,
                                                (String) wrong[1],
                                                (String) wrong[2],
                                                Optional.empty()));
                assertThat(fault.sentence().key()).isEqualTo(wrong[0]);
                assertThat(fault.kind()).isEqualTo(Fault.Kind.USAGE);
            }
            for (Instant far : List.of(Instant.MIN, Instant.MAX)) {
                assertThat(
                                catchThrowableOfType(
                                                Fault.class,
                                                () -> notes.add(far, "Bo", "x", Optional.empty()))
                                        .sentence()
                                        .key())
                        .isEqualTo("note.when");
            }
        }
    }

    @Test
    void the_longest_note_is_kept_in_both_places() throws Exception {
        String longest = "\uD83D\uDE80".repeat(Note.LONGEST_TEXT);
        String name = "é".repeat(Note.LONGEST_AUTHOR);
        try (NoteBook here = open(folder)) {
            here.add(AT, name, longest, Optional.empty());
            assertThat(all(here).getFirst().text()).isEqualTo(longest);
        }
        allow();
        try (NoteBook here = open(folder.resolve("other"))) {
            here.add(AT, name, longest, Optional.of("e".repeat(64)));
            assertThat(all(here).getFirst().text()).isEqualTo(longest);
            assertThat(all(here).getFirst().author()).isEqualTo(name);
        }
    }

    @Test
    void a_line_that_was_cut_off_costs_nothing_but_itself() throws Exception {
        FolderNotes notes = new FolderNotes(folder.resolve("notes.jsonl"));
        Note first = Note.of(AT, AT, "Bo", ODD, Optional.empty());
        notes.keep(first);
        byte[] whole = Files.readAllBytes(notes.file());
        for (int length = 1; length < whole.length; length++) {
            byte[] torn = new byte[whole.length + length];
            System.arraycopy(whole, 0, torn, 0, whole.length);
            System.arraycopy(whole, 0, torn, whole.length, length);
            Files.write(notes.file(), torn);
            Note next = Note.of(AT, AT, "Bo", "next " + length, Optional.empty());
            notes.keep(next);
            List<Note> told = notes.between(AT, AT);
            // Only without its line end is a line whole that was cut off.
            assertThat(told)
                    .as("cut after %s bytes", length)
                    .hasSize(length == whole.length - 1 ? 3 : 2)
                    .contains(first, next);
        }
    }

    @Test
    void the_file_is_its_owners_alone_and_many_may_append() throws Exception {
        Path file = folder.resolve("deep/notes.jsonl");
        try (ExecutorService consoles = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new java.util.ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int console = i;
                done.add(
                        consoles.submit(() -> {
                            for (int n = 0; n < 25; n++) {
                                new FolderNotes(file)
                                        .keep(
                                                Note.of(
                                                        AT,
                                                        AT,
                                                        "Bo",
                                                        console + " " + n,
                                                        Optional.empty()));
                            }
                            return null;
                        }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        assertThat(new FolderNotes(file).between(AT, AT)).hasSize(200);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(
                            java.nio.file.attribute.PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(
                            java.nio.file.attribute.PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve("deep"))))
                    .isEqualTo("rwx------");
        }
    }
}
