package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

class ElfImageTest {
    private static final int PROGRAM_HEADERS = 64;

    @Test
    void only_what_is_loaded_is_copied_and_the_table_of_sections_is_gone() throws IOException {
        byte[] program = program(200_000, 150_000);
        byte[] copy = copy(program);
        assertThat(copy).hasSize(150_000);
        byte[] expected = Arrays.copyOf(program, 150_000);
        Arrays.fill(expected, 40, 48, (byte) 0);
        Arrays.fill(expected, 58, 64, (byte) 0);
        assertThat(copy).isEqualTo(expected);
    }

    @Test
    void a_program_with_nothing_behind_its_segments_stays_whole() throws IOException {
        assertThat(copy(program(1_000, 1_000))).hasSize(1_000);
    }

    @Test
    void a_program_that_ends_early_is_an_error() {
        assertThatThrownBy(() -> copy(program(100_000, 150_000))).isInstanceOf(IOException.class);
    }

    @Test
    void anything_else_is_copied_as_it_is() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        assertThat(copy(noise)).isEqualTo(noise);
        assertThat(copy(new byte[0])).isEmpty();
        byte[] macho = {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe, 1, 2, 3};
        assertThat(copy(macho)).isEqualTo(macho);
        byte[] absurd = program(1_000, 900);
        ByteBuffer.wrap(absurd).order(ByteOrder.LITTLE_ENDIAN).putLong(32, Long.MAX_VALUE - 3);
        assertThat(copy(absurd)).isEqualTo(absurd);
    }

    private static byte[] copy(byte[] program) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long length = ElfImage.copyLoaded(new ByteArrayInputStream(program), out);
        assertThat(length).isEqualTo(out.size());
        return out.toByteArray();
    }

    /** An ELF file of two segments, the second of which ends where told. */
    private static byte[] program(int size, int loaded) {
        byte[] bytes = new byte[size];
        new Random(2).nextBytes(bytes);
        ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putLong(32, PROGRAM_HEADERS);
        elf.putShort(54, (short) 56);
        elf.putShort(56, (short) 2);
        elf.putLong(PROGRAM_HEADERS + 8, 0);
        elf.putLong(PROGRAM_HEADERS + 32, loaded / 2);
        elf.putLong(PROGRAM_HEADERS + 56 + 8, loaded / 2);
        elf.putLong(PROGRAM_HEADERS + 56 + 32, loaded - loaded / 2);
        return bytes;
    }
}
