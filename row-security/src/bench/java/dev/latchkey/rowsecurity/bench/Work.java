package dev.latchkey.rowsecurity.bench;

/** What one transaction does. */
enum Work {
    BY_ID("by id"),
    NEWEST("newest twenty"),
    INSERT("insert"),
    BATCH("batch of ten");

    private final String label;

    Work(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
