package dev.latchkey.rowsecurity.adopt;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.doctor.OwnerColumn;
import java.util.List;
import java.util.Map;

/**
 * What to adopt, and whose the rows are.
 *
 * @param owner the legacy owner: rows that name no user are theirs, and all rows unless users are told apart
 * @param role what the application will log in as; made without LOGIN if it is not there
 * @param userColumn name of the column that tells a row's user, in the tables that have one
 * @param tables names as the search path finds them; empty for every table but the shared ones, those of migration tools and those that have row security already
 * @param shared tables that every owner may read and the role may not write
 * @param owners owner of each user's rows, by the text of the user column; users are told apart if there is any
 * @param othersOwnThemselves whether the rows of a user that is not in {@code owners} belong to an owner of the same name; users are told apart then
 * @param ownerColumn what the column is called that row security adds; one name for all tables of a database
 */
public record AdoptionRequest(
        String owner,
        String role,
        String userColumn,
        List<String> tables,
        List<String> shared,
        Map<String, String> owners,
        boolean othersOwnThemselves,
        OwnerColumn ownerColumn) {

    /** With the owner column's usual name. */
    public AdoptionRequest(
            String owner,
            String role,
            String userColumn,
            List<String> tables,
            List<String> shared,
            Map<String, String> owners,
            boolean othersOwnThemselves) {
        this(
                owner,
                role,
                userColumn,
                tables,
                shared,
                owners,
                othersOwnThemselves,
                new OwnerColumn(OwnerColumn.DEFAULT));
    }

    /** @throws dev.latchkey.rowsecurity.InvalidOwnerException if an owner does not have the form of one */
    public AdoptionRequest {
        Owner.of(owner);
        owners.values().forEach(Owner::of);
        tables = List.copyOf(tables);
        shared = List.copyOf(shared);
        owners = Map.copyOf(owners);
    }
}
