/*
 * The narrow TCP of models/classics/narrow-time-wait.tw, written by hand for SPIN: one process, every
 * rule one d_step. The bench fills in what stands between at signs, and takes away "hidden" for
 * breadth-first search, which does not know it.
 */
#define MSL @MSL@
#define CAP @CAP@
#define SMOD @SMOD@
#define INC @INC@
#define MAXLOSS @MAXLOSS@
#define MAXDUP @MAXDUP@
#define RTO 2
#define TW (2*MSL)
#define CLOSED 0
#define SYN_SENT 1
#define ESTAB 2
#define DATA_SENT 3
#define FW1 4
#define FW2 5
#define TIMEW 6
#define LISTEN 0
#define SYN_RCVD 1
#define BESTAB 2
#define CLOSE_WAIT 3
#define LAST_ACK 4
#define SYN 1
#define SYNACK 2
#define ACK 3
#define DATA 4
#define FIN 5
#define RST 6
#define MK(k,d,s,a,t) (((k)<<9)|((d)<<8)|((s)<<5)|((a)<<2)|(t))
#define NX(x) (((x)+1)%SMOD)
#define AINC ((inc+3)&3)
#define AACT (ast==SYN_SENT || ast==DATA_SENT || ast==FW1 || ast==TIMEW)
#define BACT (bst==SYN_RCVD || bst==LAST_ACK)
#define ROOM (net[CAP-1]==0)
unsigned ast:3; unsigned bst:3; unsigned asnd:3; unsigned arcv:3; unsigned bsnd:3; unsigned brcv:3;
unsigned atm:3; unsigned btm:2; unsigned inc:2; unsigned binc:2; unsigned loss:2; unsigned dup:2; unsigned bad:1;
short net[CAP];
hidden short x; hidden short c; hidden short tt; hidden byte j; hidden byte kind; hidden byte sq; hidden byte ak; hidden byte tag; hidden byte me; hidden byte st;
inline rm(i) {
  j = i;
  do :: j < CAP-1 -> net[j] = net[j+1]; j++ :: else -> break od;
  net[CAP-1] = 0
}
inline add(v) {
  c = v; j = 0;
  do :: j < CAP -> if :: net[j] < c -> tt = net[j]; net[j] = c; c = tt :: else fi; j++ :: else -> break od;
  tt = 0; c = 0; j = 0
}
inline deliver() {
  kind = (x>>9)&7; sq = (x>>5)&7; ak = (x>>2)&7; tag = x&3;
  if
  :: (x>>8)&1 ->
    me = AINC; st = (tag != me);
    if
    :: ast == CLOSED -> if :: kind != RST -> add(MK(RST,0,ak,0,tag)) :: else fi
    :: ast == SYN_SENT ->
      if
      :: kind == SYNACK && ak == NX(asnd) ->
        asnd = NX(asnd); arcv = NX(sq); ast = ESTAB; bad = bad | st; atm = 0; add(MK(ACK,0,asnd,arcv,me))
      :: (kind == ACK || kind == FIN || kind == SYNACK) && ak != NX(asnd) -> add(MK(RST,0,ak,0,me))
      :: else
      fi
    :: ast == TIMEW ->
      if :: kind == FIN && NX(sq) == arcv -> atm = TW; add(MK(ACK,0,asnd,arcv,me)) :: else fi
    :: else ->
      if
      :: kind == RST -> if :: sq == arcv -> ast = CLOSED; atm = 0 :: else fi
      :: kind == SYNACK -> if :: NX(sq) == arcv -> add(MK(ACK,0,asnd,arcv,me)) :: else fi
      :: kind == ACK ->
        if
        :: ast == DATA_SENT && ak == NX(asnd) -> asnd = ak; ast = ESTAB; atm = 0; bad = bad | st
        :: ast == FW1 && ak == NX(asnd) -> asnd = ak; ast = FW2; atm = 0; bad = bad | st
        :: else
        fi
      :: kind == FIN && sq == arcv ->
        if
        :: ast == FW2 -> arcv = NX(sq); ast = TIMEW; atm = TW; bad = bad | st; add(MK(ACK,0,asnd,arcv,me))
        :: ast == FW1 ->
          if :: ak == NX(asnd) -> asnd = ak; arcv = NX(sq); ast = TIMEW; atm = TW; bad = bad | st; add(MK(ACK,0,asnd,arcv,me)) :: else fi
        :: else -> bad = bad | st
        fi
      :: else
      fi
    fi
  :: else ->
    st = (tag != binc);
    if
    :: bst == LISTEN ->
      if
      :: kind == SYN -> bsnd = NX(bsnd); brcv = NX(sq); binc = tag; bst = SYN_RCVD; btm = RTO; add(MK(SYNACK,1,bsnd,brcv,tag))
      :: kind != RST && kind != SYN -> add(MK(RST,1,ak,0,tag))
      :: else
      fi
    :: bst == SYN_RCVD ->
      if
      :: kind == SYN -> if :: NX(sq) == brcv -> add(MK(SYNACK,1,bsnd,brcv,binc)) :: else fi
      :: kind == RST -> if :: sq == brcv -> bst = LISTEN; btm = 0 :: else fi
      :: kind != SYN && kind != RST && ak == NX(bsnd) && sq == brcv ->
        bsnd = ak; bst = BESTAB; btm = 0; bad = bad | st;
        if
        :: kind == DATA -> brcv = NX(sq); add(MK(ACK,1,bsnd,brcv,binc))
        :: kind == FIN -> brcv = NX(sq); bst = CLOSE_WAIT; add(MK(ACK,1,bsnd,brcv,binc))
        :: else
        fi
      :: else
      fi
    :: else ->
      if
      :: kind == SYN -> add(MK(ACK,1,bsnd,brcv,binc))
      :: kind == RST -> if :: sq == brcv -> bst = LISTEN; btm = 0 :: else fi
      :: kind == DATA || kind == FIN ->
        if
        :: bst == BESTAB && sq == brcv ->
          brcv = NX(sq); bad = bad | st;
          if :: kind == FIN -> bst = CLOSE_WAIT :: else fi;
          add(MK(ACK,1,bsnd,brcv,binc))
        :: !(bst == BESTAB && sq == brcv) && NX(sq) == brcv -> add(MK(ACK,1,bsnd,brcv,binc))
        :: else
        fi
      :: kind == ACK ->
        if :: bst == LAST_ACK && ak == NX(bsnd) && sq == brcv -> bsnd = ak; bst = LISTEN; btm = 0; bad = bad | st :: else fi
      :: else
      fi
    fi
  fi
}
#define FRESH(i) (net[i] != 0 && (i == 0 || net[i] != net[(i+CAP-1)%CAP]))
#define OPEN(s) :: d_step { ast == CLOSED && inc < INC && ROOM && s < SMOD -> ast = SYN_SENT; asnd = s; atm = RTO; add(MK(SYN,0,s,0,inc)); inc = inc + 1 }
#define NETR(i) \
  :: d_step { FRESH(i) -> x = net[i]; rm(i); deliver(); x = 0; st = 0; kind = 0; sq = 0; ak = 0; tag = 0; me = 0; j = 0 } \
  :: d_step { loss < MAXLOSS && FRESH(i) -> loss = loss + 1; rm(i); j = 0 } \
  :: d_step { dup < MAXDUP && ROOM && FRESH(i) -> dup = dup + 1; x = net[i]; add(x); x = 0 }
active proctype m() {
  do
  OPEN(0)
  OPEN(1)
#if SMOD>2
  OPEN(2)
  OPEN(3)
#endif
  :: d_step { ast == ESTAB && ROOM -> ast = DATA_SENT; atm = RTO; add(MK(DATA,0,asnd,arcv,AINC)) }
  :: d_step { ast == ESTAB && ROOM -> ast = FW1; atm = RTO; add(MK(FIN,0,asnd,arcv,AINC)) }
  :: d_step { ast == TIMEW && atm == 0 -> ast = CLOSED }
  :: d_step { atm == 0 && (ast == SYN_SENT || ast == DATA_SENT || ast == FW1) && ROOM ->
      atm = RTO;
      if :: ast == SYN_SENT -> add(MK(SYN,0,asnd,0,AINC))
      :: ast == DATA_SENT -> add(MK(DATA,0,asnd,arcv,AINC))
      :: ast == FW1 -> add(MK(FIN,0,asnd,arcv,AINC)) fi }
  :: d_step { bst == CLOSE_WAIT && ROOM -> bst = LAST_ACK; btm = RTO; add(MK(FIN,1,bsnd,brcv,binc)) }
  :: d_step { BACT && btm == 0 && ROOM -> btm = RTO;
      if :: bst == SYN_RCVD -> add(MK(SYNACK,1,bsnd,brcv,binc)) :: else -> add(MK(FIN,1,bsnd,brcv,binc)) fi }
  NETR(0)
#if CAP>1
  NETR(1)
#endif
#if CAP>2
  NETR(2)
#endif
#if CAP>3
  NETR(3)
#endif
  :: d_step { (net[0]>>12) < MSL && !(AACT && atm == 0) && !(BACT && btm == 0) ->
      if :: AACT -> atm = atm - 1 :: else fi;
      if :: BACT -> btm = btm - 1 :: else fi;
      j = 0;
      do :: j < CAP && net[j] != 0 -> net[j] = net[j] + 4096; j++ :: else -> break od;
      j = 0;
      assert((net[0]>>12) <= MSL && (ast != TIMEW || atm <= TW) && (!bad || inc >= 2)) }
  od
}
