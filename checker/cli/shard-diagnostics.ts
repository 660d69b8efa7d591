// What can be wrong with the files of shards.

import { define, type Explanation } from "../source/index.ts";

export const noShards = define<{ readonly folder: string }>(
  {
    code: "TW0595",
    severity: "error",
    title: "no shards",
    text: "`check merge` takes the folder with the files that `--shard` wrote: `shard-1-of-4.json` and so on.",
  },
  ({ folder }) => ({ message: `there is no file of a shard in \`${folder}\`` }),
);

export const damagedShard = define<{ readonly why: string }>(
  {
    code: "TW0596",
    severity: "error",
    title: "a file that is no shard",
    text: "A file of this name should be the result of a shard. It was cut while it was copied, or written by something else. Run that shard again.",
  },
  ({ why }) => ({ message: `this is not the file of a shard: ${why}` }),
);

export const shardsDoNotFit = define<{ readonly why: string }>(
  {
    code: "TW0597",
    severity: "error",
    title: "shards that do not fit together",
    text:
      "The shards of a run are all made by the same build of the tool, of the same files, with the same options, and each is there once. " +
      "Anything else would make a report of work that was not done, or done twice. Run the shard that is named again, " +
      "and give the folder to nothing else.",
  },
  ({ why }) => ({ message: `the shards do not fit together: ${why}` }),
);

export const shardDefinitions: readonly Explanation[] = [
  noShards,
  damagedShard,
  shardsDoNotFit,
].map((it) => it.explanation);
