package dev.latchkey.api.cards;

import dev.latchkey.api.table.Rows;
import dev.latchkey.api.table.TableController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/cards")
class CardsController extends TableController<CardFields, Card> {

    CardsController(CardsTable cards, Rows rows) {
        super(cards, rows);
    }
}
