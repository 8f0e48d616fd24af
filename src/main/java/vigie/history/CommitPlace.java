package vigie.history;

/**
 * A transaction's place in the order of commits. Of rows of which none is known, each is one.
 *
 * @param second when it was committed, by the database's clock, seconds since 1970
 * @param seq the last number of its GTID; 0 where unknown, -1 of a row that was copied
 * @param time of such a row, else 0
 * @param id likewise
 */
record CommitPlace(long second, long seq, long time, long id) implements Comparable<CommitPlace> {
    static final CommitPlace BEFORE_ALL = new CommitPlace(Long.MIN_VALUE, 0, 0, 0);

    private static final long SECOND = 1_000_000;

    static CommitPlace of(ArchivedPast.Row row) {
        if (row.commit().second().isEmpty()) {
            return new CommitPlace(Math.floorDiv(row.time(), SECOND), -1, row.time(), row.id());
        }
        String position = row.commit().position().orElse("");
        long seq =
                position.isEmpty()
                        ? 0
                        : Long.parseLong(position.substring(position.lastIndexOf('-') + 1));
        return new CommitPlace(row.commit().second().get().getEpochSecond(), seq, 0, 0);
    }

    /** The place of a fact: a row that was copied has none there that tells it from others. */
    static CommitPlace ofFact(long second, long seq) {
        return new CommitPlace(second, seq, 0, 0);
    }

    boolean isCopied() {
        return seq < 0;
    }

    /** Where facts about a row of this transaction are kept. */
    CommitPlace inFacts() {
        return isCopied() ? ofFact(second, 0) : this;
    }

    @Override
    public int compareTo(CommitPlace other) {
        int bySecond = Long.compare(second, other.second);
        int bySeq = bySecond != 0 ? bySecond : Long.compare(seq, other.seq);
        int byTime = bySeq != 0 ? bySeq : Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compare(id, other.id);
    }
}
