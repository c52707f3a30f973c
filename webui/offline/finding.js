// Search among the entries of the file, as the explorer's own search finds them (analysis/search.py).

const BASE = { đ: "d", ð: "d", ħ: "h", ı: "i", ĸ: "k", ł: "l", ŋ: "n", þ: "th", ŧ: "t", æ: "a", ø: "o", œ: "oe", ـ: "" };
// Letters that lose nothing by being small, but are written otherwise where case does not count.
const CASELESS = { ß: "ss", ſ: "s", ŉ: "ʼn", µ: "μ", ς: "σ", և: "եւ" };
// Accents, and the signs of vowels that Arabic and Hebrew put to their letters (model/letters.py).
const MARKS = /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/gu;
const LETTER = /^[\p{L}\p{N}\p{M}]$/u;
const UNSEEN = /^\p{Cf}$/u;
// Letters that stand as apostrophes do; Chinese writes names in one, so each sign is a word.
const APOSTROPHE = /^[\u02b9-\u02ff]$/u;
const IDEOGRAPH = /^[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{31fff}]$/u;
const ORDERING_WORDS = 8;
const STEPS = 4;

/** Return the words of a text, each folded and as it is spelled: å, æ, aa and ae are a, ø and oe o, ü and ue u. */
export function wordsOf(text) {
  let [plain, spelled] = ["", ""];
  const small = text.normalize("NFC").toLowerCase().replace(/[ßſŉµςև]/g, (letter) => CASELESS[letter]);
  for (const letter of small.normalize("NFC")) {
    const bare = plainLetter(letter);
    plain += bare;
    spelled += bare.trim() ? bare.replace(bare.trim(), letter) : bare;
  }
  const alone = (words) => words.split(" ").filter(Boolean);
  const spelledWords = alone(spelled);
  return alone(plain.replace(/a[ae]+/g, "a").replace(/oe+/g, "o").replace(/ue+/g, "u")).map((word, i) => [word, spelledWords[i]]);
}

/** Return a letter without marks; a space for what is no letter, with spaces what is a word. */
function plainLetter(letter) {
  const bare = letter.normalize("NFD").replace(MARKS, "");
  const based = [...bare].map((one) => BASE[one] ?? one).join("");
  const plain = [...based].map((one) => {
    if (LETTER.test(one) && !APOSTROPHE.test(one)) return one;
    return UNSEEN.test(one) ? "" : " ";
  }).join("");
  return IDEOGRAPH.test(letter) ? ` ${plain} ` : plain;
}

export class Index {
  constructor(entries) {
    const known = new Map();
    const split = (text) => {
      if (!known.has(text)) known.set(text, wordsOf(text));
      return known.get(text);
    };
    this.entries = entries.map((entry) => ({ entry, fields: entry.found_by.map(split) }));
  }

  /** Return the entries of which each word of a query begins a word, the best first. */
  find(query) {
    const words = [...new Map(wordsOf(query))];
    if (!words.length) return [];
    const hits = [];
    for (const { entry, fields } of this.entries) {
      const steps = words.map((word) => step(fields, word));
      if (steps.includes(-1)) continue;
      const ordering = steps.slice(0, ORDERING_WORDS);
      hits.push({ entry, best: Math.min(...ordering), worst: Math.max(...ordering) });
    }
    return hits.sort((one, other) => one.best - other.best || one.worst - other.worst).map(({ entry }) => entry);
  }
}

/** Return how well a word fits: holder before title before unit, whole before beginning, as spelled before alike. */
function step(fields, [plain, spelled]) {
  for (const [field, words] of fields.entries()) {
    const fits = [
      ([, other]) => other === spelled,
      ([other]) => other === plain,
      ([, other]) => other.startsWith(spelled),
      ([other, otherSpelled]) => other.startsWith(plain) || otherSpelled.startsWith(plain),
    ];
    const at = fits.findIndex((fit) => words.some(fit));
    if (at >= 0) return field * STEPS + at;
  }
  return -1;
}
