// The option about colour, which every command takes.

import { Option } from "commander";

export const colorOption = (): Option =>
  new Option("--color <when>", "colour on standard output and error")
    .choices(["always", "never", "auto"])
    .default("auto");
