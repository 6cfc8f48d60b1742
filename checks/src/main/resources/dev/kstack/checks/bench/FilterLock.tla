---- MODULE FilterLock ----
\* What FilterLock.java says, an action here for an action there.
EXTENDS Naturals
CONSTANT N
VARIABLES at, level, last

Processes == 0..N-1

Init ==
  /\ at = [p \in Processes |-> "try"]
  /\ level = [p \in Processes |-> 0]
  /\ last = [l \in Processes |-> 0]

Try(p) ==
  /\ at[p] = "try"
  /\ level' = [level EXCEPT ![p] = 1]
  /\ at' = [at EXCEPT ![p] = "set last"]
  /\ UNCHANGED last

SetLast(p) ==
  /\ at[p] = "set last"
  /\ last' = [last EXCEPT ![level[p]] = p]
  /\ at' = [at EXCEPT ![p] = "pass"]
  /\ UNCHANGED level

Pass(p) ==
  /\ at[p] = "pass"
  /\ last[level[p]] # p \/ \A k \in Processes \ {p} : level[k] < level[p]
  /\ IF level[p] = N - 1
     THEN at' = [at EXCEPT ![p] = "leave"] /\ UNCHANGED level
     ELSE at' = [at EXCEPT ![p] = "set last"] /\ level' = [level EXCEPT ![p] = @ + 1]
  /\ UNCHANGED last

Leave(p) ==
  /\ at[p] = "leave"
  /\ level' = [level EXCEPT ![p] = 0]
  /\ at' = [at EXCEPT ![p] = "try"]
  /\ UNCHANGED last

Next == \E p \in Processes : Try(p) \/ SetLast(p) \/ Pass(p) \/ Leave(p)

MutualExclusion == \A p, q \in Processes : at[p] = "leave" /\ at[q] = "leave" => p = q
====
