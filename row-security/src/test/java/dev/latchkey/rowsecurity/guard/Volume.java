package dev.latchkey.rowsecurity.guard;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;

/** Refers to its shelf lazily. */
@Entity
@Table(name = "volumes")
class Volume {

    @Id
    UUID id;

    String title;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "shelf_id")
    Shelf shelf;

    protected Volume() {}

    Volume(Shelf shelf, String title) {
        this.id = UUID.randomUUID();
        this.shelf = shelf;
        this.title = title;
    }

    String title() {
        return title;
    }
}
