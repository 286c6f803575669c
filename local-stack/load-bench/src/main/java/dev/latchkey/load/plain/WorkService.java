package dev.latchkey.load.plain;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class WorkService {

    private final WorkRepository works;

    WorkService(WorkRepository works) {
        this.works = works;
    }

    @Transactional(readOnly = true)
    public Optional<WorkView> find(UUID id, String ownerId) {
        return works.findByIdAndOwnerId(id, ownerId).map(WorkView::of);
    }
}
