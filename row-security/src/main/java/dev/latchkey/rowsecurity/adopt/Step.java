package dev.latchkey.rowsecurity.adopt;

import java.util.List;

/**
 * One step of an adoption.
 *
 * @param number position in the plan, from 1
 * @param stage when it is done
 * @param object what is changed, with its schema
 * @param work what is done to it
 * @param statements SQL of the way there: one transaction, or what builds or drops an index concurrently, or one statement for ranges of rows;
 *     empty if only the way back needs the step
 * @param undo SQL of the way back
 */
public record Step(int number, Stage stage, String object, String work, List<String> statements, List<String> undo) {

    /** Names the step in a line of progress. */
    public String title() {
        return object + ": " + work;
    }
}
