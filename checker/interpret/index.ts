// The door of `interpret/`.

export type { Interpreter } from "./interpreter.ts";
export { interpreter } from "./interpreter.ts";
export { interpret } from "./packed.ts";
export type { Survey } from "./search.ts";
export { survey, surveyWith } from "./search.ts";
export type { Label, LabelValue, Step, Steps } from "./step.ts";
