// The program of another thread of a search: it serves as it is told until the search is over.

import { workerData } from "node:worker_threads";
import { type Assignment, serve } from "../engine/index.ts";

// What `threads.ts` hands over is an assignment; threads share no types.
serve(workerData as Assignment);
