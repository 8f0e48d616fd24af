package vigie.console.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import vigie.text.Fault;
import vigie.text.Words;

import java.util.List;
import java.util.Locale;
import java.util.Map;

class DisplayTest {
    private static final Map<String, String> NO_SCREEN = Map.of();
    private static final Map<String, String> SCREEN = Map.of("DISPLAY", ":0");

    private record Have(boolean hasFonts, List<String> missing) implements Libraries {
        @Override
        public boolean has(String soname) {
            return !missing.contains(soname);
        }
    }

    private static final Libraries EVERYTHING = new Have(true, List.of());

    @Test
    void a_screen_is_used_for_a_window_and_memory_for_a_picture() throws Fault {
        assertThat(Display.choose(false, "Linux", SCREEN, EVERYTHING).inMemory()).isFalse();
        assertThat(Display.choose(true, "Linux", SCREEN, EVERYTHING).inMemory()).isTrue();
        assertThat(Display.choose(true, "Linux", NO_SCREEN, EVERYTHING).inMemory()).isTrue();
    }

    @Test
    void without_a_screen_the_sentence_says_how_to_get_a_picture() {
        assertThat(sentence(false, NO_SCREEN, EVERYTHING))
                .contains("no screen", "--screenshot", "--size 1920x1080");
    }

    @Test
    void a_picture_needs_text_libraries_but_neither_x_nor_gtk() throws Fault {
        Libraries noX = new Have(true, List.of("libgtk-3.so.0", "libXtst.so.6", "libGL.so.1"));
        assertThat(Display.choose(true, "Linux", NO_SCREEN, noX).inMemory()).isTrue();
        assertThat(sentence(false, SCREEN, noX)).contains("libgtk-3-0 libxtst6 libgl1");
    }

    @Test
    void missing_libraries_and_fonts_are_named_in_one_apt_line() {
        assertThat(
                        sentence(
                                true,
                                NO_SCREEN,
                                new Have(
                                        false,
                                        List.of("libfreetype.so.6", "libpangoft2-1.0.so.0"))))
                .contains(
                        "apt-get install --no-install-recommends libfreetype6 libpangoft2-1.0-0"
                                + " fonts-dejavu-core");
    }

    @Test
    void other_systems_are_not_asked_for_libraries() throws Fault {
        Libraries nothing = new Have(false, List.of("libfreetype.so.6"));
        assertThat(Display.choose(false, "Mac OS X", NO_SCREEN, nothing).inMemory()).isFalse();
    }

    @Test
    void this_system_is_asked_by_its_own_linker() {
        assertThat(Libraries.ofSystem().has("libnosuchthing-vigie.so.1")).isFalse();
    }

    @Test
    void sizes_are_read_strictly() {
        assertThat(PixelSize.parse("1920x1080")).contains(PixelSize.FULL_HD);
        assertThat(PixelSize.parse(" 3840X2160 ")).contains(new PixelSize(3840, 2160));
        assertThat(PixelSize.parse("1920")).isEmpty();
        assertThat(PixelSize.parse("0x0")).isEmpty();
        assertThat(PixelSize.parse("99999x99999")).isEmpty();
        assertThat(PixelSize.parse("-1x5")).isEmpty();
    }

    @Test
    void a_wall_screen_shows_the_same_larger() {
        assertThat(PixelSize.scale(1920, 1080)).isEqualTo(1);
        assertThat(PixelSize.scale(3840, 2160)).isEqualTo(2);
        assertThat(PixelSize.scale(2560, 1440)).isEqualTo(1.375);
        assertThat(PixelSize.scale(640, 480)).isEqualTo(0.75);
    }

    private static String sentence(
            boolean forPicture, Map<String, String> environment, Libraries libraries) {
        Fault[] thrown = new Fault[1];
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> Display.choose(forPicture, "Linux", environment, libraries))
                .satisfies(fault -> thrown[0] = fault);
        assertThat(thrown[0].kind()).isEqualTo(Fault.Kind.BLOCKED);
        return Words.in(Locale.ENGLISH).say(thrown[0].sentence());
    }
}
