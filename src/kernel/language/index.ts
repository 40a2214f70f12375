import type { LanguageService } from "../session/language.js";
import { type LanguageServiceOptions, TypeScriptLanguageService } from "./service.js";

export type { LanguageServiceOptions } from "./service.js";

/** The language of a notebook: TypeScript, checked cell by cell. It loads the compiler when it is first needed, or by `warmUp()`. */
export function createLanguageService(options: LanguageServiceOptions): LanguageService {
  return new TypeScriptLanguageService(options);
}
