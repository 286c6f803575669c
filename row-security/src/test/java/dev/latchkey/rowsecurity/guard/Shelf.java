package dev.latchkey.rowsecurity.guard;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.NaturalId;

/** Has what Hibernate finds by other ways than by id: a natural id and a lazy collection. */
@Entity
@Table(name = "shelves")
class Shelf {

    @Id
    UUID id;

    @NaturalId
    String code;

    @OneToMany(mappedBy = "shelf", fetch = FetchType.LAZY)
    List<Volume> volumes = new ArrayList<>();

    protected Shelf() {}

    Shelf(String code) {
        this.id = UUID.randomUUID();
        this.code = code;
    }
}
