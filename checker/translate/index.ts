// The door of `translate/`.

export { translateDefinitions } from "./diagnostics.ts";
export type { TranslateOptions, TranslationTarget } from "./options.ts";
export { translate } from "./translate.ts";
