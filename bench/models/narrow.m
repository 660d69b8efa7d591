-- The narrow TCP of models/classics/narrow-time-wait.tw, written by hand for rumur: what the checker is
-- measured against. The bench fills in what stands between at signs.
const
  MSL: @MSL@; CAP: @CAP@; SMOD: @SMOD@; INC: @INC@; MAXLOSS: @MAXLOSS@; MAXDUP: @MAXDUP@;
  RTO: 2; TW: 2 * MSL;
  NONE: 0; SYN: 1; SYNACK: 2; ACK: 3; DATA: 4; FIN: 5; RST: 6;
type
  astate: enum {CLOSED, SYN_SENT, ESTAB, DATA_SENT, FW1, FW2, TIMEW};
  bstate: enum {LISTEN, SYN_RCVD, BESTAB, CLOSE_WAIT, LAST_ACK};
  seqT: 0..SMOD-1;
  seg: 0..16383;   -- age[12..13] kind[9..11] dir[8] seq[5..7] ack[2..4] tag[0..1]
  slot: 0..CAP-1;
var
  ast: astate; bst: bstate;
  asnd, arcv, bsnd, brcv: seqT;
  atm: 0..7; btm: 0..3;
  inc: 0..3; binc: 0..3; loss: 0..3; dup: 0..3; bad: boolean;
  net: array [slot] of seg;   -- sorted, descending; 0 = empty

function mk(kind: 0..7; dir: 0..1; sq: 0..7; ak: 0..7; tag: 0..3): seg;
begin return kind * 512 + dir * 256 + sq * 32 + ak * 4 + tag; end;
function nx(x: seqT): seqT;
begin return (x + 1) % SMOD; end;
function ainc(): 0..3;
begin return (inc + 3) % 4; end;
function aact(): boolean;
begin return ast = SYN_SENT | ast = DATA_SENT | ast = FW1 | ast = TIMEW; end;
function bact(): boolean;
begin return bst = SYN_RCVD | bst = LAST_ACK; end;
procedure rm(i: slot);
begin
  for j: slot do
    if j >= i then
      if j < CAP - 1 then net[j] := net[j + 1]; else net[j] := 0; end;
    end;
  end;
end;
procedure add(x: seg);
var c: seg; t: seg;
begin
  c := x;
  for j: slot do
    if net[j] < c then t := net[j]; net[j] := c; c := t; end;
  end;
end;
procedure deliver(x: seg);
var kind: 0..7; sq: 0..7; ak: 0..7; tag: 0..3; st: boolean; me: 0..3;
begin
  kind := (x / 512) % 8; sq := (x / 32) % 8; ak := (x / 4) % 8; tag := x % 4;
  if (x / 256) % 2 = 1 then
    me := ainc(); st := tag != me;
    switch ast
    case CLOSED:
      if kind != RST then add(mk(RST, 0, ak, 0, tag)); end;
    case SYN_SENT:
      if kind = SYNACK & ak = nx(asnd) then
        asnd := nx(asnd); arcv := nx(sq); ast := ESTAB; bad := bad | st; atm := 0;
        add(mk(ACK, 0, asnd, arcv, me));
      elsif (kind = ACK | kind = FIN | kind = SYNACK) & ak != nx(asnd) then
        add(mk(RST, 0, ak, 0, me));
      end;
    case TIMEW:
      if kind = FIN & nx(sq) = arcv then atm := TW; add(mk(ACK, 0, asnd, arcv, me)); end;
    else
      if kind = RST then
        if sq = arcv then ast := CLOSED; atm := 0; end;
      elsif kind = SYNACK then
        if nx(sq) = arcv then add(mk(ACK, 0, asnd, arcv, me)); end;
      elsif kind = ACK then
        if ast = DATA_SENT & ak = nx(asnd) then
          asnd := ak; ast := ESTAB; atm := 0; bad := bad | st;
        elsif ast = FW1 & ak = nx(asnd) then
          asnd := ak; ast := FW2; atm := 0; bad := bad | st;
        end;
      elsif kind = FIN & sq = arcv then
        if ast = FW2 then
          arcv := nx(sq); ast := TIMEW; atm := TW; bad := bad | st;
          add(mk(ACK, 0, asnd, arcv, me));
        elsif ast = FW1 then
          if ak = nx(asnd) then
            asnd := ak; arcv := nx(sq); ast := TIMEW; atm := TW; bad := bad | st;
            add(mk(ACK, 0, asnd, arcv, me));
          end;
        else bad := bad | st;
        end;
      end;
    end;
  else
    st := tag != binc;
    switch bst
    case LISTEN:
      if kind = SYN then
        bsnd := nx(bsnd); brcv := nx(sq); binc := tag; bst := SYN_RCVD; btm := RTO;
        add(mk(SYNACK, 1, bsnd, brcv, tag));
      elsif kind != RST then add(mk(RST, 1, ak, 0, tag));
      end;
    case SYN_RCVD:
      if kind = SYN then
        if nx(sq) = brcv then add(mk(SYNACK, 1, bsnd, brcv, binc)); end;
      elsif kind = RST then
        if sq = brcv then bst := LISTEN; btm := 0; end;
      elsif ak = nx(bsnd) & sq = brcv then
        bsnd := ak; bst := BESTAB; btm := 0; bad := bad | st;
        if kind = DATA then brcv := nx(sq); add(mk(ACK, 1, bsnd, brcv, binc));
        elsif kind = FIN then brcv := nx(sq); bst := CLOSE_WAIT; add(mk(ACK, 1, bsnd, brcv, binc));
        end;
      end;
    else
      if kind = SYN then add(mk(ACK, 1, bsnd, brcv, binc));
      elsif kind = RST then
        if sq = brcv then bst := LISTEN; btm := 0; end;
      elsif kind = DATA | kind = FIN then
        if bst = BESTAB & sq = brcv then
          brcv := nx(sq); bad := bad | st;
          if kind = FIN then bst := CLOSE_WAIT; end;
          add(mk(ACK, 1, bsnd, brcv, binc));
        elsif nx(sq) = brcv then add(mk(ACK, 1, bsnd, brcv, binc));
        end;
      elsif kind = ACK then
        if bst = LAST_ACK & ak = nx(bsnd) & sq = brcv then
          bsnd := ak; bst := LISTEN; btm := 0; bad := bad | st;
        end;
      end;
    end;
  end;
end;

startstate begin
  ast := CLOSED; bst := LISTEN; asnd := 0; arcv := 0; bsnd := 0; brcv := 0; atm := 0; btm := 0;
  inc := 0; binc := 0; loss := 0; dup := 0; bad := false;
  for j: slot do net[j] := 0; end;
end;

ruleset isn: seqT do
  rule "open" ast = CLOSED & inc < INC & net[CAP-1] = 0 ==>
  begin ast := SYN_SENT; asnd := isn; atm := RTO; add(mk(SYN, 0, isn, 0, inc)); inc := inc + 1; end;
end;
rule "data" ast = ESTAB & net[CAP-1] = 0 ==>
begin ast := DATA_SENT; atm := RTO; add(mk(DATA, 0, asnd, arcv, ainc())); end;
rule "close" ast = ESTAB & net[CAP-1] = 0 ==>
begin ast := FW1; atm := RTO; add(mk(FIN, 0, asnd, arcv, ainc())); end;
rule "tw-expire" ast = TIMEW & atm = 0 ==> begin ast := CLOSED; end;
rule "a-rexmit" atm = 0 & (ast = SYN_SENT | ast = DATA_SENT | ast = FW1) & net[CAP-1] = 0 ==>
begin
  atm := RTO;
  if ast = SYN_SENT then add(mk(SYN, 0, asnd, 0, ainc()));
  elsif ast = DATA_SENT then add(mk(DATA, 0, asnd, arcv, ainc()));
  else add(mk(FIN, 0, asnd, arcv, ainc())); end;
end;
rule "b-close" bst = CLOSE_WAIT & net[CAP-1] = 0 ==>
begin bst := LAST_ACK; btm := RTO; add(mk(FIN, 1, bsnd, brcv, binc)); end;
rule "b-rexmit" bact() & btm = 0 & net[CAP-1] = 0 ==>
begin
  btm := RTO;
  if bst = SYN_RCVD then add(mk(SYNACK, 1, bsnd, brcv, binc)); else add(mk(FIN, 1, bsnd, brcv, binc)); end;
end;
ruleset i: slot do
  rule "deliver" net[i] != 0 & (i = 0 | net[i] != net[(i + CAP - 1) % CAP]) ==>
  var x: seg;
  begin x := net[i]; rm(i); deliver(x); end;
  rule "lose" loss < MAXLOSS & net[i] != 0 & (i = 0 | net[i] != net[(i + CAP - 1) % CAP]) ==>
  begin loss := loss + 1; rm(i); end;
  rule "dup" dup < MAXDUP & net[CAP-1] = 0 & net[i] != 0 & (i = 0 | net[i] != net[(i + CAP - 1) % CAP]) ==>
  var x: seg;
  begin dup := dup + 1; x := net[i]; add(x); end;
end;
rule "tick" net[0] / 4096 < MSL & !(aact() & atm = 0) & !(bact() & btm = 0) ==>
begin
  if aact() then atm := atm - 1; end;
  if bact() then btm := btm - 1; end;
  for j: slot do if net[j] != 0 then net[j] := net[j] + 4096; end; end;
end;

invariant "ages" net[0] / 4096 <= MSL;
invariant "timers" ast = TIMEW -> atm <= TW;
invariant "stale-needs-two-incarnations" bad -> inc >= 2;
