// Instructions of generated code as WebAssembly: labels become depths.

import type { Code, Instruction } from "./code.ts";
import { flatten, isEmpty } from "./instructions.ts";
import { atomicOp, noResult, op } from "./opcodes.ts";
import {
  emit,
  emitAddress,
  emitCondition,
  emitJump,
  emitNumber,
  emitOffset,
  emitValue,
  emitWith,
  indexOf,
  setLocal,
} from "./webassembly-values.ts";
import type { Emitter } from "./webassembly-values.ts";

/** What is open around an instruction, outermost first: where a jump to it leads, if anywhere. */
type Frames = readonly string[];

const leaveFrame = (label: string): string => `leave ${label}`;
const againFrame = (label: string): string => `again ${label}`;
const other = "";

type Kind<K extends Instruction["kind"]> = Extract<Instruction, { kind: K }>;

export const emitCode = (to: Emitter, code: Code, frames: Frames = []): void => {
  for (const it of flatten(code)) emitInstruction(to, it, frames);
};

const emitInstruction = (to: Emitter, it: Instruction, frames: Frames): void => {
  switch (it.kind) {
    case "set":
      emitValue(to, it.value);
      return setLocal(to, indexOf(to.locals, it.name));
    case "set-global":
      emitValue(to, it.value);
      return emitWith(to, op.globalSet, indexOf(to.globals, it.name));
    case "store": {
      const offset = emitAddress(to, it.pointer, it.offset);
      emitValue(to, it.value);
      if (it.atomic === true) emit(to, ...atomicOp.store);
      else to.bytes.push(op.store);
      return emitOffset(to, offset);
    }
    case "if":
      return emitIf(to, it, frames);
    case "block":
      emit(to, op.block, noResult);
      emitCode(to, it.body, [...frames, leaveFrame(it.label)]);
      return emit(to, op.end);
    case "loop":
      return emitLoop(to, it, frames);
    case "switch":
      return emitSwitch(to, it, frames);
    case "leave":
    case "again":
      return emitWith(to, op.br, depthOf(it, frames));
    case "run": {
      const { index, hasResult } = indexOf(to.functions, it.name);
      it.values.forEach((value) => emitValue(to, value));
      emitWith(to, op.call, index);
      return hasResult ? emit(to, op.drop) : undefined;
    }
    case "return":
      if (it.value !== undefined) emitValue(to, it.value);
      return emit(to, op.return);
  }
};

const depthOf = ({ kind, label }: Kind<"leave"> | Kind<"again">, frames: Frames): number => {
  const frame = kind === "leave" ? leaveFrame(label) : againFrame(label);
  const position = frames.lastIndexOf(frame);
  if (position < 0) throw new Error(`no block or loop around it is called ${label}`);
  return frames.length - 1 - position;
};

const isJump = (it: Instruction | undefined): it is Kind<"leave"> | Kind<"again"> =>
  it?.kind === "leave" || it?.kind === "again";

const emitIf = (to: Emitter, it: Kind<"if">, frames: Frames): void => {
  const { condition } = it;
  const [then, otherwise] = [flatten(it.then), flatten(it.otherwise)];
  const [firstThen, firstOtherwise] = [then[0], otherwise[0]];
  if (isJump(firstThen)) {
    emitJump(to, condition, true, depthOf(firstThen, frames));
    return emitCode(to, otherwise, frames);
  }
  if (isJump(firstOtherwise)) {
    emitJump(to, condition, false, depthOf(firstOtherwise, frames));
    return emitCode(to, then, frames);
  }
  if (otherwise.length === 0 || then.length === 0) {
    // Jumps over it: a condition of several parts needs no value of its own.
    emit(to, op.block, noResult);
    emitJump(to, condition, then.length === 0, 0);
    emitCode(to, then.length === 0 ? otherwise : then, [...frames, other]);
    return emit(to, op.end);
  }
  emitCondition(to, condition);
  emit(to, op.if, noResult);
  emitCode(to, then, [...frames, other]);
  emit(to, op.else);
  emitCode(to, otherwise, [...frames, other]);
  return emit(to, op.end);
};

const emitLoop = (to: Emitter, { label, body }: Kind<"loop">, frames: Frames): void => {
  const isLeft = leaves(body, label);
  const outside = isLeft ? [...frames, leaveFrame(label)] : frames;
  if (isLeft) emit(to, op.block, noResult);
  emit(to, op.loop, noResult);
  emitCode(to, body, [...outside, againFrame(label)]);
  emit(to, op.br, 0, op.end);
  if (isLeft) emit(to, op.end);
};

/** Does something inside leave the label, or an inner one of the same name? */
const leaves = (code: Code, label: string): boolean =>
  flatten(code).some((it) => {
    switch (it.kind) {
      case "leave":
        return it.label === label;
      case "if":
        return leaves(it.then, label) || leaves(it.otherwise, label);
      case "block":
      case "loop":
        return leaves(it.body, label);
      case "switch":
        return [...it.bodies, it.otherwise].some((body) => leaves(body, label));
      case "set":
      case "set-global":
      case "store":
      case "again":
      case "run":
      case "return":
        return false;
    }
  });

/** A block for what follows, one for each body around which it begins, and the table within. */
const emitSwitch = (to: Emitter, it: Kind<"switch">, frames: Frames): void => {
  const bodies = [...it.bodies, it.otherwise];
  const count = bodies.length;
  emit(to, ...Array.from({ length: count + 1 }, () => [op.block, noResult]).flat());
  emitValue(to, it.value);
  const targets = it.bodies.map((body, position) => (isEmpty(body) ? count : position));
  const fallback = isEmpty(it.otherwise) ? count : count - 1;
  emitWith(to, op.brTable, targets.length);
  for (const target of [...targets, fallback]) emitNumber(to, target);
  bodies.forEach((body, position) => {
    emit(to, op.end);
    const open = count - 1 - position;
    emitCode(to, body, [...frames, ...Array.from({ length: open + 1 }, () => other)]);
    if (open > 0 && !isEmpty(body)) emitWith(to, op.br, open);
  });
  emit(to, op.end);
};
