package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Every way that is tried. */
public final class Attacks {

    public static final List<Attack> ALL = List.of(
            new RowsAreNotRead(),
            new RowsAreNotCounted(),
            new RowsAreNotUpdated(),
            new RowsAreNotDeleted(),
            new BulkChangesReachNoRows(),
            new RowsAreNotWrittenInAnothersName(),
            new RowsOfNobodyAreNotWritten(),
            new CopyReachesNoRows(),
            new InsertFromQueryTakesNoRows(),
            new ConflictsDoNotMeetRows(),
            new MergeReachesNoRows(),
            new UniqueKeysTellNothing(),
            new ForeignKeysTellNothing(),
            new CommonTableExpressionsReachNoRows(),
            new FunctionsOfTheInvokerReachNoRows(),
            new ViewsOfTheInvokerReachNoRows(),
            new PlansMadeForAnotherShowNoRows(),
            new CursorsReachNoRows(),
            new SavepointsGiveNoRows(),
            new LocksReachNoRows(),
            new ExplainCountsNoRows(),
            new LeakyFunctionsSeeNoRows(),
            new ErrorsTellNothing(),
            new TruncateIsRefused(),
            new DefinitionsAreOutOfReach(),
            new RowSecurityIsNotSwitchedOff(),
            new OtherRolesAreOutOfReach(),
            new TheTablesOwnerIsHeldToo(),
            new NobodySeesNothing(),
            new BindingsAreNotForged(),
            new WorkLeavesNoTrace());

    private Attacks() {}
}
