package dev.latchkey.api.snapshots;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Ids in 16 to 32 bytes each, where a {@code HashSet} takes some 80: an archive may hold millions. Whoever chooses the ids does not know
 * which of them meet: multiply-shift by random factors (Thorup, High Speed Hashing for Integers and Strings, §3.3).
 */
final class IdSet {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long LOW = 0xffffffffL;

    private final long seed = RANDOM.nextLong();
    private final long[] factors = RANDOM.longs(4).toArray();
    private long[] slots = new long[64];
    private int size;
    private boolean zero;

    /** Whether it was not there yet. */
    boolean add(UUID id) {
        if (isZero(id)) {
            boolean added = !zero;
            zero = true;
            return added;
        }
        if (size * 4 >= slots.length) {
            grow();
        }
        return put(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    boolean contains(UUID id) {
        return isZero(id)
                ? zero
                : slots[slot(id.getMostSignificantBits(), id.getLeastSignificantBits()) + 1] != 0
                        || slots[slot(id.getMostSignificantBits(), id.getLeastSignificantBits())] != 0;
    }

    private boolean put(long most, long least) {
        int slot = slot(most, least);
        if (slots[slot] != 0 || slots[slot + 1] != 0) {
            return false;
        }
        slots[slot] = most;
        slots[slot + 1] = least;
        size++;
        return true;
    }

    /** Where it is, or where it would be. */
    private int slot(long most, long least) {
        long hash = seed
                + factors[0] * (most >>> Integer.SIZE)
                + factors[1] * (most & LOW)
                + factors[2] * (least >>> Integer.SIZE)
                + factors[3] * (least & LOW);
        // The upper bits are the random ones; each id takes two slots.
        int slot = (int) (hash >>> (Long.numberOfLeadingZeros(slots.length) + 2)) * 2;
        while ((slots[slot] != 0 || slots[slot + 1] != 0) && (slots[slot] != most || slots[slot + 1] != least)) {
            slot = slot + 2 & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        size = 0;
        for (int i = 0; i < before.length; i += 2) {
            if (before[i] != 0 || before[i + 1] != 0) {
                put(before[i], before[i + 1]);
            }
        }
    }

    private static boolean isZero(UUID id) {
        return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0;
    }
}
