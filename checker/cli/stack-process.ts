// A TCP under test as a process: commands and packets go to it, answers and packets come from it, and its end is certain.

import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import * as E from "fp-ts/lib/Either.js";
import { packetLine, type StackAnswer, stackLine, type StackCommand } from "../pipeline.ts";
import { endMarked, keepClean, type Mark, newMark } from "./stack-leftovers.ts";

type Answer = StackAnswer;

/** `at`: milliseconds of `performance.now()`. */
export interface Packet {
  readonly at: number;
  readonly bytes: Uint8Array;
}

export interface Stack {
  readonly start: (
    command: Omit<Extract<StackCommand, { do: "start" }>, "wire">,
  ) => Promise<Answer>;
  readonly tell: (command: StackCommand) => Promise<Answer>;
  readonly send: (packet: Uint8Array) => void;
  /** What has come since the last call. */
  readonly packets: () => readonly Packet[];
  /** Ends the process and all that it started, and waits until they are gone. */
  readonly stop: () => Promise<void>;
}

export interface Launch {
  readonly command: string;
  readonly words: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Through a socket, for stacks that take UDP datagrams. */
  readonly overUdp: boolean;
}

/** The longest that anything is waited for; TIME_WAIT may last some minutes. */
const answerMs = 10_000;
const patienceMs = 300_000;

/** What was killed is gone at once; who holds its streams nevertheless is not waited for. */
const endMs = 2000;

/** Process groups that were not ended yet: whatever ends this program ends them, too. */
const running = new Map<ChildProcess, Mark>();

/** Its leader may have ended long before the group; the number is nobody else's while that lives. */
const endAll = (child: ChildProcess, mark: Mark): void => {
  if (!running.delete(child) || child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
  endMarked(mark);
};

process.on("exit", () => {
  for (const [child, mark] of running) endAll(child, mark);
});

const refusal = (why: string): Answer => ({ kind: "answer", why, remarks: [] });

const boundSocket = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket("udp4");
    socket.once("error", reject);
    socket.bind(0, "127.0.0.1", () => resolve(socket));
  });

/** Calls back with each line of a stream. */
const eachLine = (take: (line: string) => void): ((chunk: string) => void) => {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") take(line);
  };
};

interface Waiting {
  readonly take: (answer: Answer) => void;
}

/** A stack that was never there. */
const noStack = (why: string): Stack => ({
  start: () => Promise.resolve(refusal(why)),
  tell: () => Promise.resolve(refusal(why)),
  send: () => undefined,
  packets: () => [],
  stop: () => Promise.resolve(),
});

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly mark: Mark;
}

/** Without file descriptors left there is a child, but no streams; what else fails is thrown. */
const started = ({ command, words, folder, environment }: Launch): Started => {
  const mark = newMark();
  keepClean();
  const child = spawn(command, words, {
    cwd: folder,
    env: { ...environment, ...mark.environment },
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own: Ctrl-C reaches this program alone, and this program ends all of them.
    detached: true,
  });
  const { stdin }: { readonly stdin?: unknown } = child;
  if (stdin === undefined || stdin === null) {
    child.on("error", () => undefined);
    throw new Error("too many open files: raise `ulimit -n`, or lower --jobs");
  }
  running.set(child, mark);
  return { child, mark };
};

/** Starts a stack. What does not start answers `start` with the reason. */
export const launch = async (how: Launch): Promise<Stack> => {
  let socket: Socket | undefined;
  try {
    socket = how.overUdp ? await boundSocket() : undefined;
    return conversation(started(how), socket);
  } catch (thrown) {
    socket?.close();
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return noStack(`the stack does not start: ${why}`);
  }
};

/** Talks with a stack that runs. */
const conversation = ({ child, mark }: Started, socket: Socket | undefined): Stack => {
  let packets: Packet[] = [];
  let gone: string | undefined;
  let said = "";
  let target: { readonly address: string; readonly port: number } | undefined;
  const waiting: Waiting[] = [];
  const leave = (why: string): void => {
    gone ??= why;
    for (const it of waiting.splice(0)) it.take(refusal(gone));
  };
  const come = (bytes: Uint8Array): void => void packets.push({ at: performance.now(), bytes });
  const take = (text: string): void => {
    const line = stackLine(text);
    if (E.isLeft(line)) leave(`the stack said what is not of the protocol: ${line.left}`);
    else if (line.right.kind === "packet") come(line.right.bytes);
    else {
      const asked = waiting.shift();
      if (asked === undefined) leave(`the stack answered what it was not asked: ${text}`);
      else asked.take(line.right);
    }
  };
  child.stdout.setEncoding("utf8").on("data", eachLine(take));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-500);
  });
  // Its end says more.
  child.stdin.on("error", () => undefined);
  child.on("error", (error) => leave(`the stack does not start: ${error.message}`));
  child.on("close", (code) => {
    const last = said.trim().split("\n").at(-1) ?? "";
    leave(`the stack ended with ${code ?? "a signal"}${last === "" ? "" : `: ${last}`}`);
  });
  // Its streams are closed when the last process that holds them is gone.
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
    child.on("error", () => resolve());
  });
  let sender: string | undefined;
  socket?.on("message", (bytes, { address, port }) => {
    sender ??= `${address}:${port}`;
    if (sender === `${address}:${port}`) come(new Uint8Array(bytes));
    else leave("packets come from two sockets: whose they are, nobody can tell");
  });
  const tell = (told: StackCommand): Promise<Answer> =>
    new Promise((resolve) => {
      if (gone !== undefined) {
        resolve(refusal(gone));
        return;
      }
      const limit = told.do === "expire" && told.wait ? patienceMs : answerMs;
      const timer = setTimeout(() => leave(`no answer to ${told.do}`), limit);
      waiting.push({
        take: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
      });
      child.stdin.write(`${JSON.stringify(told)}\n`);
    });
  return {
    start: async (told) => {
      const wire = socket === undefined ? "lines" : `127.0.0.1:${socket.address().port}`;
      const answer = await tell({ ...told, wire });
      const [, address = "", port = ""] = /^([\d.]+):(\d+)$/.exec(answer.wire ?? "") ?? [];
      if (port !== "") target = { address, port: Number(port) };
      return answer;
    },
    tell,
    send: (packet) => {
      if (target !== undefined) socket?.send(packet, target.port, target.address);
      else child.stdin.write(`${packetLine(packet)}\n`);
    },
    packets: () => {
      const taken = packets;
      packets = [];
      return taken;
    },
    stop: async () => {
      socket?.close();
      child.stdin.end();
      endAll(child, mark);
      const limit = new Promise<void>((resolve) => setTimeout(resolve, endMs).unref());
      await Promise.race([ended, limit]);
      for (const it of [child.stdin, child.stdout, child.stderr]) it.destroy();
      child.unref();
    },
  };
};
