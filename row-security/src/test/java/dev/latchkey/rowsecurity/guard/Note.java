package dev.latchkey.rowsecurity.guard;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** As an application maps a protected table: without the owner, which the database fills in. */
@Entity
@Table(name = "notes")
class Note {

    @Id
    UUID id;

    String title;

    protected Note() {}

    Note(String title) {
        this.id = UUID.randomUUID();
        this.title = title;
    }
}
