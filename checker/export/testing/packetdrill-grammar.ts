// Test support: the grammar of packetdrill scripts, strictly, as far as ours may use it: text -> what is wrong with it.

const time = String.raw`(?:\+?\d*\.?\d+(?:~\+?\d*\.?\d+)?(?:\.\.\.\d*\.?\d+)?|\*)`;
const option = String.raw`(?:mss \d+|wscale \d+|sackOK|nop|eol|TS val \d+ ecr \d+|\.\.\.)`;
const packet = new RegExp(
  String.raw`^([<>]) (-|[SFRPUEW]*\.?) (\d+):(\d+)\((\d+)\)(?: ack (\d+))?(?: win (\d+))?(?: <${option}(?:,${option})*>)?$`,
);
const argument = String.raw`(?:\.\.\.|-?\d+|[A-Z_]+(?:\|[A-Z_]+)*|\[\d+\]|\{[a-z_]+=\d+(?:, [a-z_]+=\d+)*\})`;
const call = new RegExp(
  String.raw`^(socket|setsockopt|bind|listen|accept|connect|fcntl|read|write|shutdown|close)\(${argument}(?:, ${argument})*\) = (-?\d+)(?: E[A-Z]+ \([A-Za-z ]+\))?$`,
);

/** Descriptors that calls give and take, and the numbers of packets. */
interface Run {
  readonly open: Set<number>;
  lastTime: number;
  hasSyn: { "<": boolean; ">": boolean };
  /** A socket that listens, and has not given a connection to accept(). */
  listener: number | undefined;
  hasEvent: boolean;
}

const packetMistake = (text: string, run: Run): string | undefined => {
  const found = packet.exec(text);
  if (found === null) return "no packet";
  const [, way = "<", flags = "", first = "", last = "", length = "", ack, window] = found;
  if (flags === "") return "no flags";
  if (Number(last) !== Number(first) + Number(length)) return "LAST is not FIRST + LEN";
  if (flags.endsWith(".") !== (ack !== undefined)) return "ACK and its number do not go together";
  if (way === "<" && window === undefined) return "an injected packet without window";
  if (way === ">" && window !== undefined) return "a window that nobody can know";
  const side = way === "<" ? "<" : ">";
  if (flags.includes("S")) {
    if (!run.hasSyn[side] && Number(first) !== 0) return "the first SYN does not begin at 0";
    run.hasSyn[side] = true;
  } else if (!run.hasSyn[side] && !flags.includes("R")) return "a number before the first SYN";
  return undefined;
};

const callMistake = (text: string, run: Run): string | undefined => {
  const { open } = run;
  const found = call.exec(text);
  if (found === null) return "no system call";
  const [, name = "", result = ""] = found;
  const descriptor = Number(/\((\d+)/.exec(text)?.[1]);
  if (name === "socket" || name === "accept") {
    if (name === "accept" && !open.has(descriptor))
      return `accept() on ${descriptor}, which is closed`;
    if (open.has(Number(result))) return `${result} is open already`;
    open.add(Number(result));
    if (name === "accept") run.listener = undefined;
    return undefined;
  }
  if (!open.has(descriptor)) return `${name}() on ${descriptor}, which is closed`;
  if (name === "listen") run.listener = descriptor;
  if (name === "close" && run.listener === descriptor && run.hasSyn["<"]) {
    return "close() of a listener whose connection nobody has accepted";
  }
  if (name === "close") open.delete(descriptor);
  return undefined;
};

const lineMistake = (line: string, isBegun: boolean, run: Run): string | undefined => {
  const text = line.replace(/\s*\/\/.*$/, "").trim();
  if (text === "") return undefined;
  if (/^--[a-z_]+=\S+$/.test(text))
    return isBegun ? "an option that does not come first" : undefined;
  if (/^`[^`]+`$/.test(text)) return isBegun ? "a second command without a time" : undefined;
  run.hasEvent = true;
  const [, at = "", event = ""] = new RegExp(`^(${time})\\s+(.+)$`).exec(text) ?? [];
  if (event === "") return "no time";
  if (!at.startsWith("+") && at !== "*") {
    if (Number.parseFloat(at) < run.lastTime) return "time goes back";
    run.lastTime = Number.parseFloat(at);
  }
  if (/^`[^`]+`$/.test(event)) return undefined;
  return /^[<>]/.test(event) ? packetMistake(event, run) : callMistake(event, run);
};

/** Each line that is wrong, with its number and the reason. */
export const scriptMistakes = (script: string): readonly string[] => {
  const run: Run = {
    open: new Set(),
    lastTime: 0,
    hasSyn: { "<": false, ">": false },
    listener: undefined,
    hasEvent: false,
  };
  let isBegun = false;
  const mistakes = script.split("\n").flatMap((line, at) => {
    const why = lineMistake(line, isBegun, run);
    isBegun ||= line.trim() !== "" && !/^(--|\/\/)/.test(line.trim());
    return why === undefined ? [] : [`${at + 1}: ${why}: ${line}`];
  });
  return [
    ...mistakes,
    ...(run.hasEvent ? [] : ["no event"]),
    ...(script.endsWith("\n") ? [] : ["no newline at the end"]),
  ];
};
