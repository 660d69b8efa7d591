// Support for tests: a binding of two hosts and a small sequence space, without fields of its own.

import type { TcpBinding } from "../index.ts";

export const plainBinding: TcpBinding = {
  network: 0,
  fields: {},
  modulus: 16,
  stamps: 0,
  hosts: [
    { name: "A", address: [192, 0, 2, 1] },
    { name: "B", address: [192, 0, 2, 2] },
  ],
  calls: {},
  sysctls: [],
  options: [],
  timers: [],
};
