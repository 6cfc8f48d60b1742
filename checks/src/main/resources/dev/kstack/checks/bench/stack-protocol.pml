/* What StackProtocol.java says, operation for operation. */
#define CPUS    3
#define THREADS 3
#define PAGES   2
#define FRAMES  5

#define PRESENT  1
#define ACCESSED 2

#define READY   0
#define RUNNING 1
#define PARKED  2

#define PTE(thread) pte[thread * PAGES + page]

byte pte[THREADS * PAGES];
bit touched[THREADS * PAGES];
byte state[THREADS];
byte free = FRAMES;
bit locked;

inline lock() { atomic { locked == 0 -> locked = 1 } }
inline unlock() { locked = 0 }

active [CPUS] proctype cpu()
{
	byte next, thread, page, entry, frames, depth;
end_rest:
	do
	:: lock();
	   /* pick */
	   next = THREADS;
	   do
	   :: thread < THREADS ->
	      entry = state[thread];
	      if
	      :: entry == READY -> next = thread; break
	      :: else -> thread++
	      fi
	   :: else -> break
	   od;
	   if
	   :: next == THREADS -> unlock(); goto rest
	   :: else
	   fi;
	   /* fill */
	   do
	   :: page < PAGES ->
	      entry = PTE(next);
	      if
	      :: (entry & PRESENT) == 0 ->
	         frames = free;
	         if
	         :: frames == 0 -> state[next] = PARKED; unlock(); goto rest
	         :: else -> free = frames - 1; PTE(next) = PRESENT
	         fi
	      :: else
	      fi;
	      page++
	   :: else -> break
	   od;
	   state[next] = RUNNING;
	   unlock();
	   /* run */
	   if
	   :: depth = 0
	   :: depth = 1
	   :: depth = 2
	   fi;
	   page = 0;
	   do
	   :: page < depth ->
	      atomic {
	         assert((PTE(next) & PRESENT) != 0);
	         PTE(next) = PTE(next) | ACCESSED;
	         touched[next * PAGES + page] = 1
	      };
	      page++
	   :: else -> break
	   od;
	   /* reclaim */
	   lock();
	   page = 0;
	   do
	   :: page < PAGES ->
	      entry = PTE(next);
	      if
	      :: entry == PRESENT ->
	         atomic {
	            if
	            :: PTE(next) == entry -> PTE(next) = 0; entry = 0
	            :: else
	            fi
	         };
	         if
	         :: entry == 0 -> frames = free; free = frames + 1
	         :: else
	         fi
	      :: else
	      fi;
	      page++
	   :: else -> break
	   od;
	   state[next] = READY;
	   thread = 0;
	   do
	   :: thread < THREADS ->
	      entry = state[thread];
	      if
	      :: entry == PARKED -> state[thread] = READY
	      :: else
	      fi;
	      thread++
	   :: else -> break
	   od;
	   unlock();
rest:
	   next = 0; thread = 0; page = 0; entry = 0; frames = 0; depth = 0
	od
}

active proctype shrinker()
{
	byte thread, page, entry, frames;
end_rest:
	do
	:: if
	   :: thread = 0
	   :: thread = 1
	   :: thread = 2
	   fi;
	   lock();
	   entry = state[thread];
	   if
	   :: entry != RUNNING ->
	      do
	      :: page < PAGES ->
	         entry = PTE(thread);
	         if
	         :: entry == PRESENT -> PTE(thread) = 0; frames = free; free = frames + 1
	         :: else
	         fi;
	         page++
	      :: else -> break
	      od
	   :: else
	   fi;
	   unlock();
	   thread = 0; page = 0; entry = 0; frames = 0
	od
}
