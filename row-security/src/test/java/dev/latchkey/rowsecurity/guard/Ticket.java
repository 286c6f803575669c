package dev.latchkey.rowsecurity.guard;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** Hibernate queries the sequence while it starts, when nobody is in scope. */
@Entity
@Table(name = "tickets_table")
class Ticket {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "tickets")
    @SequenceGenerator(name = "tickets", sequenceName = "tickets", allocationSize = 1)
    Long id;
}
