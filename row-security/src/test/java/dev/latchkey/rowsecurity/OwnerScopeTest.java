package dev.latchkey.rowsecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class OwnerScopeTest {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private final OwnerScope scope = new OwnerScope(() -> null);

    @Test
    void currentWhenNobodyInScopeThenUnbound() {
        assertThatThrownBy(scope::current)
                .isInstanceOfSatisfying(
                        UnboundException.class, e -> assertThat(e.code()).isEqualTo("unbound"));
    }

    @Test
    void currentWhenResolvedThenThatOwner() {
        assertThat(new OwnerScope(() -> ALICE).current()).isEqualTo(ALICE);
    }

    @Test
    void runAsWhenNestedThenTheOuterOwnerIsRestored() {
        scope.runAs(ALICE, () -> {
            scope.runAs(BOB, () -> assertThat(scope.current()).isEqualTo(BOB));
            assertThatThrownBy(() -> scope.runAs(BOB, () -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
            assertThat(scope.current()).isEqualTo(ALICE);
        });
        assertThatThrownBy(scope::current).isInstanceOf(UnboundException.class);
    }

    @Test
    void unownedWhenInsideOfARequestThenNobodyIsCurrent() {
        OwnerScope ofRequest = new OwnerScope(() -> ALICE);
        ofRequest.unowned("test", () -> {
            assertThat(ofRequest.binding()).isEmpty();
            assertThatThrownBy(ofRequest::current).isInstanceOf(UnboundException.class);
        });
        assertThat(ofRequest.current()).isEqualTo(ALICE);
    }

    @Test
    void unownedWhenReasonBlankThenRefused() {
        assertThatThrownBy(() -> scope.unowned(" ", () -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runAsWhenAnotherThreadIsStartedThenItDoesNotInherit() {
        scope.runAs(
                ALICE,
                () -> assertThatThrownBy(() -> CompletableFuture.supplyAsync(
                                        scope::current, command -> new Thread(command).start())
                                .join())
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(UnboundException.class));
    }

    @Test
    void wrapWhenNobodyIsInScopeThenTheOtherThreadsOwnerIsNotTaken() {
        Runnable task = scope.wrap(() -> {
            assertThatThrownBy(scope::current).isInstanceOf(UnboundException.class);
        });
        // As a thread does that helps out in a pool while it waits.
        scope.runAs(ALICE, () -> {
            task.run();
            assertThat(scope.current()).isEqualTo(ALICE);
        });
    }
}
