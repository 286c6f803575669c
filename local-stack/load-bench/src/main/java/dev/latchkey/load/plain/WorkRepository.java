package dev.latchkey.load.plain;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface WorkRepository extends JpaRepository<Work, UUID> {

    Optional<Work> findByIdAndOwnerId(UUID id, String ownerId);
}
