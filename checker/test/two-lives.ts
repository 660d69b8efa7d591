// Test support: a small protocol with two lives of a connection, whose old FIN ends the new one.

export const twoLives = `/// A says hello and goodbye twice to B, which cannot tell an old goodbye from a new one.
enum Host { A, B }
enum Phase { CLOSED, OPEN }
const LOSSES : 0..1 = 0
const COPIES : 0..1 = 1
/// B listens to it.
const CAREFUL : bool = false

message Segment {
  syn, ack, fin, rst : bool
  seq : mod 8
  ackno : mod 8 when ack
  len : 0..1
  ghost life : 0..2
}

network wire carries Segment between Host {
  capacity 2
  full block
  lifetime 2
  loss LOSSES
  duplication COPIES
  reorder any
}

event taken(at: Host, s: Segment)

process tcp[me: Host] {
  state Phase = CLOSED
  var lives_left : 0..2 = 2
  ghost var life, peer_life : 0..2
  timer quiet

  rule connect in CLOSED when me == A and lives_left > 0 {
    lives_left -= 1
    life += 1
    send wire { syn, seq: 0, life: life } to B
    -> OPEN
  }
  rule close in OPEN when me == A {
    send wire { fin, ack, seq: 1, ackno: 1, len: 1, life: life } to B
    -> CLOSED
  }
  on receive s {
    case hello when me == B and s.syn and state == CLOSED and lives_left > 0 {
      lives_left -= 1
      peer_life = s.life
      if CAREFUL { start quiet(2) }
      -> OPEN
    }
    case goodbye when me == B and s.fin and state == OPEN and not running(quiet) {
      emit taken(me, s)
      -> CLOSED
    }
    ignore
  }
  on expire quiet { }
}

final : true
never stale_fin : taken(at, s) when s.life < tcp[at].peer_life
recoverable again : tcp[B].state == OPEN can reach tcp[B].state == CLOSED
check "an old goodbye" only stale_fin expect violated stale_fin
check "a lost hello" { COPIES = 0, LOSSES = 1 } only stale_fin expect violated stale_fin
check "a lost goodbye" { COPIES = 0, LOSSES = 1 } only again expect violated again

binding tcp {
  segment Segment {
    SEQ = seq  ACKNO = ackno  SYN = syn  ACK = ack  FIN = fin  RST = rst  LEN = len
  }
  hosts { A = 192.0.2.1  B = 192.0.2.2 }
  call connect = connect
  call close = close
}
`;
