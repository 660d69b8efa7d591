-- a small model

type wide: -4611686018427387904..4611686018427387903;
var
  v_sum: 0..9;
  v_t: 0..2;
  n_wire: array [0..2] of 0..26;

procedure insert_n_wire(s0: wide);
var t: wide; c0: wide; moves: boolean;
begin
  c0 := s0; moves := false;
  for i: 0..2 do
    if !moves then moves := (n_wire[i] < c0); end;
    if moves then
      t := n_wire[i]; n_wire[i] := c0; c0 := t;
    end;
  end;
end;

procedure remove_n_wire(place: 0..2);
begin
  for i: 0..1 do
    if i >= place then
      n_wire[i] := n_wire[i + 1];
    end;
  end;
  n_wire[2] := 0;
end;

procedure double_n_wire(place: 0..2);
var t: wide; c0: wide;
begin
  c0 := n_wire[place];
  for i: 0..2 do
    if i > place then
      t := n_wire[i]; n_wire[i] := c0; c0 := t;
    end;
  end;
end;

procedure age_n_wire();
begin
  for i: 0..2 do
    if n_wire[i] != 0 then
      n_wire[i] := n_wire[i] + 16;
    end;
  end;
end;

function delivery_n_wire(place: 0..2): boolean;
begin
  if n_wire[place] = 0 then return false; end;
  if place = 0 then return true; end;
  return n_wire[place] != n_wire[place - 1];
end;

function fault_n_wire(place: 0..2): boolean;
begin
  if n_wire[place] = 0 then return false; end;
  if place = 0 then return true; end;
  return n_wire[place] != n_wire[place - 1];
end;

function property_0(): wide;
begin
  return ((v_t = 0) ? 1 : 0);
end;

startstate
begin
  v_sum := 0;
  v_t := 2;
  for i: 0..2 do n_wire[i] := 0; end;
end;

ruleset p_choice_1: 0..2 do
rule "say" (v_sum = 0) ==>
var
  x0: wide;
begin
  if !(p_choice_1 <= 2) then
    assume false;
  end;
  x0 := p_choice_1;
  if (n_wire[2] != 0) then
    assume false;
  end;
  insert_n_wire((0 << 4) + x0 + 1);
end;
end;

ruleset p_position: 0..2 do
rule "deliver wire" delivery_n_wire(p_position) ==>
var
  e0: boolean;
begin
  e0 := false;
  remove_n_wire(p_position);
  v_sum := (v_sum + 1);
  if (v_sum = 9) then
    e0 := true;
  end;
  if e0 then error "never nine"; end;
end;
end;

ruleset p_position: 0..2 do
rule "lose wire" fault_n_wire(p_position) ==>
begin
  remove_n_wire(p_position);
end;
end;

ruleset p_position: 0..2 do
rule "duplicate wire" (!(n_wire[2] != 0) & fault_n_wire(p_position)) ==>
begin
  double_n_wire(p_position);
end;
end;

rule "tick" ((((0 < v_t) | (n_wire[0] != 0)) & !(v_t = 1)) & !((n_wire[0] != 0) & ((((n_wire[0] - 1) >> 4) & 1) = 1))) ==>
begin
  if (0 < v_t) then
    v_t := (v_t + (-1));
  end;
  age_n_wire();
end;

invariant "small" property_0() = 1;
