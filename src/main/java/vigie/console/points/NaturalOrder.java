package vigie.console.points;

import java.util.Comparator;

/** Orders texts as people do: {@code Rack A2} before {@code Rack A10}. */
enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            if (isDigit(one.charAt(i)) && isDigit(other.charAt(j))) {
                int oneEnd = endOfNumber(one, i);
                int otherEnd = endOfNumber(other, j);
                int byNumber = compareNumbers(one, i, oneEnd, other, j, otherEnd);
                if (byNumber != 0) {
                    return byNumber;
                }
                i = oneEnd;
                j = otherEnd;
            } else {
                int byCharacter = Character.compare(one.charAt(i), other.charAt(j));
                if (byCharacter != 0) {
                    return byCharacter;
                }
                i++;
                j++;
            }
        }
        return Integer.compare(one.length() - i, other.length() - j);
    }

    /** Numbers of any length: without leading zeros the longer is the greater. */
    private static int compareNumbers(
            String one, int from, int to, String other, int otherFrom, int otherTo) {
        int i = from;
        int j = otherFrom;
        while (i < to - 1 && one.charAt(i) == '0') {
            i++;
        }
        while (j < otherTo - 1 && other.charAt(j) == '0') {
            j++;
        }
        int byLength = Integer.compare(to - i, otherTo - j);
        return byLength != 0
                ? byLength
                : one.substring(i, to).compareTo(other.substring(j, otherTo));
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
