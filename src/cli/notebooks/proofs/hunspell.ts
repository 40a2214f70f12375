/** One rule of an affix: cut `strip` from a word that ends (or begins) as `where` says, then add `add`. */
interface AffixRule {
  readonly strip: string;
  readonly add: string;
  readonly where: RegExp;
}

interface Affix {
  readonly suffix: boolean;
  readonly crosses: boolean;
  readonly rules: readonly AffixRule[];
}

/**
 * All words of a Hunspell dictionary: the entries of the `.dic` file with the prefixes and suffixes of the `.aff` file.
 * Compounds (1st, 2nd) are left out: words with digits are not spelled. Format: the manual page hunspell(5).
 */
export function expandDictionary(affixText: string, dictionaryText: string): Set<string> {
  const affixes = readAffixes(affixText);
  const words = new Set<string>();
  for (const line of dictionaryText.split(/\r?\n/).slice(1)) {
    const [entry = "", flags = ""] = line.split("\t")[0]!.trim().split("/") as [string?, string?];
    if (entry === "" || /\d/.test(entry)) continue;
    words.add(entry);
    const own = [...flags].flatMap((flag) => affixes.get(flag) ?? []);
    for (const affix of own) {
      for (const word of applied(entry, affix)) {
        words.add(word);
        if (!affix.suffix || !affix.crosses) continue;
        for (const other of own)
          if (!other.suffix && other.crosses) for (const both of applied(word, other)) words.add(both);
      }
    }
  }
  return words;
}

function applied(word: string, { suffix, rules }: Affix): string[] {
  return rules.flatMap(({ strip, add, where }) => {
    if (!where.test(word)) return [];
    if (suffix) return word.endsWith(strip) ? [word.slice(0, word.length - strip.length) + add] : [];
    return word.startsWith(strip) ? [add + word.slice(strip.length)] : [];
  });
}

function readAffixes(text: string): Map<string, Affix> {
  const affixes = new Map<string, Affix & { readonly rules: AffixRule[] }>();
  for (const line of text.split(/\r?\n/)) {
    const [kind, flag, third, fourth, fifth] = line.trim().split(/\s+/) as (string | undefined)[];
    if ((kind !== "SFX" && kind !== "PFX") || flag === undefined) continue;
    const suffix = kind === "SFX";
    const known = affixes.get(flag);
    if (known === undefined) {
      affixes.set(flag, { suffix, crosses: third === "Y", rules: [] });
    } else {
      const condition = fifth ?? ".";
      known.rules.push({
        strip: third === "0" ? "" : third!,
        add: fourth === "0" ? "" : fourth!.split("/")[0]!,
        where: new RegExp(suffix ? `${condition}$` : `^${condition}`),
      });
    }
  }
  return affixes;
}
