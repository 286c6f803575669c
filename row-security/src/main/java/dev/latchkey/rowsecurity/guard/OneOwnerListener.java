package dev.latchkey.rowsecurity.guard;

import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.InitializeCollectionEvent;
import org.hibernate.event.spi.InitializeCollectionEventListener;
import org.hibernate.event.spi.LoadEvent;
import org.hibernate.event.spi.LoadEventListener;
import org.hibernate.event.spi.LockEvent;
import org.hibernate.event.spi.LockEventListener;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.event.spi.PersistContext;
import org.hibernate.event.spi.PersistEvent;
import org.hibernate.event.spi.PersistEventListener;
import org.hibernate.event.spi.PreLoadEvent;
import org.hibernate.event.spi.PreLoadEventListener;
import org.hibernate.event.spi.RefreshContext;
import org.hibernate.event.spi.RefreshEvent;
import org.hibernate.event.spi.RefreshEventListener;

/** Asks the session's {@link OneOwnerInterceptor} before anything goes into a persistence context or comes out of it. */
final class OneOwnerListener
        implements LoadEventListener,
                InitializeCollectionEventListener,
                PersistEventListener,
                MergeEventListener,
                DeleteEventListener,
                RefreshEventListener,
                LockEventListener,
                PreLoadEventListener {

    private OneOwnerListener() {}

    /** Before Hibernate's own listeners, which do the work. */
    static void listenTo(SessionFactoryImplementor factory) {
        EventListenerRegistry events = factory.getEventEngine().getListenerRegistry();
        OneOwnerListener listener = new OneOwnerListener();
        events.prependListeners(EventType.LOAD, listener);
        events.prependListeners(EventType.INIT_COLLECTION, listener);
        events.prependListeners(EventType.PERSIST, listener);
        events.prependListeners(EventType.MERGE, listener);
        events.prependListeners(EventType.DELETE, listener);
        events.prependListeners(EventType.REFRESH, listener);
        events.prependListeners(EventType.LOCK, listener);
        // Queries cause none of the others.
        events.prependListeners(EventType.PRE_LOAD, listener);
    }

    private static void check(SharedSessionContractImplementor session) {
        if (!(session.getInterceptor() instanceof OneOwnerInterceptor owner)) {
            throw new IllegalStateException(
                    "Row security needs Hibernate's session interceptor to hold a persistence context to one owner:"
                            + " open sessions without an interceptor of your own");
        }
        owner.check();
    }

    @Override
    public void onLoad(LoadEvent event, LoadType type) {
        check(event.getSession());
    }

    @Override
    public void onInitializeCollection(InitializeCollectionEvent event) {
        check(event.getSession());
    }

    @Override
    public void onPersist(PersistEvent event) {
        check(event.getSession());
    }

    @Override
    public void onPersist(PersistEvent event, PersistContext cascaded) {
        check(event.getSession());
    }

    @Override
    public void onMerge(MergeEvent event) {
        check(event.getSession());
    }

    @Override
    public void onMerge(MergeEvent event, MergeContext cascaded) {
        check(event.getSession());
    }

    @Override
    public void onDelete(DeleteEvent event) {
        check(event.getSession());
    }

    @Override
    public void onDelete(DeleteEvent event, DeleteContext cascaded) {
        check(event.getSession());
    }

    @Override
    public void onRefresh(RefreshEvent event) {
        check(event.getSession());
    }

    @Override
    public void onRefresh(RefreshEvent event, RefreshContext cascaded) {
        check(event.getSession());
    }

    @Override
    public void onLock(LockEvent event) {
        check(event.getSession());
    }

    @Override
    public void onPreLoad(PreLoadEvent event) {
        check(event.getSession());
    }
}
