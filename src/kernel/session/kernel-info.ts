import { protocolVersion, type LanguageInfo, type ReplyContent } from "../protocol/index.js";

/**
 * `codemirror_mode` is a name because JupyterLab 4 looks it up among the names of its languages and finds its TypeScript;
 * it does not know the mimetype `text/typescript` (its own is `application/typescript`), and of an object of CodeMirror 5
 * it would read `name: "javascript"`. The mimetype is what nbconvert and VS Code expect.
 */
export function languageInfo(version: string): LanguageInfo {
  return {
    name: "typescript",
    version,
    mimetype: "text/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: "typescript",
    nbconvert_exporter: "script",
  };
}

export interface KernelVersions {
  readonly gradus: string;
  readonly typescript: string;
  readonly node: string;
}

export function kernelInfo(versions: KernelVersions): ReplyContent<"kernel_info_request"> {
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "gradus",
    implementation_version: versions.gradus,
    language_info: languageInfo(versions.typescript),
    banner: `gradus ${versions.gradus}: TypeScript ${versions.typescript} on Node ${versions.node}`,
    debugger: false,
    help_links: [
      { text: "TypeScript Handbook", url: "https://www.typescriptlang.org/docs/handbook/intro.html" },
      { text: "JavaScript reference (MDN)", url: "https://developer.mozilla.org/docs/Web/JavaScript" },
      { text: "Node.js API", url: "https://nodejs.org/api/" },
    ],
    supported_features: [],
  };
}
