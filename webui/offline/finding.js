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
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const ABBREVIATION = /^[A-ZÆØÅ]{2,}$/;
// As in analysis/questions/word_index.py and search.py.
const NAMES = 3, TAGS = 15, TEXTS = 18, WRONG = 21, FIELDS = 5;
const LEAST_IN_TEXTS = 4, LEAST_INSIDE = 4, ONE_WRONG = 4, TWO_WRONG = 8, WRONG_INSIDE = 6;
/** The letters of a long text that are shown, and of those the ones before the first mark. */
const LONGEST = 140, BEFORE = 50;

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
  /** `common` are the words that texts do not have to contain. */
  constructor(entries, common) {
    this.common = new Set(common);
    const known = new Map();
    const split = (text) => {
      if (!known.has(text)) known.set(text, wordsOf(text));
      return known.get(text);
    };
    this.entries = entries.map((entry) => {
      const [holder, title, unit, tags, told] = entry.found_by;
      return { entry, fields: [...[holder, title, unit].map(split), tags.flatMap(split), told.flatMap((text) => this.rare(text))] };
    });
  }

  /** Return the words of a text without the common ones; in capitals they are abbreviations. */
  rare(text) {
    const words = [...text.matchAll(WORD)].map(([word]) => word);
    return words.filter((word) => ABBREVIATION.test(word) || !this.common.has(word.toLowerCase())).flatMap(wordsOf);
  }

  /** Return the hits of a query, the best first, with as few wrong letters as possible. */
  find(query) {
    const words = [...new Map(wordsOf(query))];
    const most = Math.max(0, ...words.map(([plain]) => forgiven(plain)));
    for (let errors = 0; errors <= most; errors += 1) {
      const found = this.matches(words, errors);
      if (found.length) return found;
    }
    return [];
  }

  matches(words, errors) {
    if (!words.length) return [];
    const steps = words.map(([plain, spelled]) => this.steps(plain, spelled, errors));
    const isCommon = words.map(([, spelled]) => words.length > 1 && this.common.has(spelled));
    const hits = [];
    this.entries.forEach(({ entry, fields }, at) => {
      const own = steps.map((one, i) => one[at] ?? (isCommon[i] && fields.at(-1).length ? TEXTS : null));
      if (own.includes(null)) return;
      hits.push({ entry, words, errors, best: Math.min(...own), worst: Math.max(...own) });
    });
    return hits.sort((one, other) => one.best - other.best || one.worst - other.worst);
  }

  /** Return how well a word fits each entry; wrong letters are forgiven in a word that none has. */
  steps(plain, spelled, errors) {
    const steps = this.entries.map(({ fields }) => step(fields, plain, spelled));
    const allowed = Math.min(errors, forgiven(plain));
    if (!allowed || steps.some((one) => one !== null)) return steps;
    return this.entries.map(({ fields }) => wrongStep(fields, plain, allowed));
  }
}

/** Return how well a word fits; null where it does not. */
function step(fields, plain, spelled) {
  const steps = [];
  for (const [field, words] of fields.entries()) {
    const fits = field < NAMES ? [
      ([, other]) => other === spelled,
      ([other]) => other === plain,
      ([, other]) => other.startsWith(spelled),
      ([other, otherSpelled]) => other.startsWith(plain) || otherSpelled.startsWith(plain),
    ] : [
      ([other]) => other === plain,
      ([other]) => plain.length >= LEAST_IN_TEXTS && other.startsWith(plain),
    ];
    const at = fits.findIndex((fit) => words.some(fit));
    const first = field < NAMES ? field * fits.length : [TAGS, TEXTS][field - NAMES];
    if (at >= 0) steps.push(first + at);
    else if (isInside(plain, words)) steps.push(field < NAMES ? 4 * NAMES + field : first + 2);
  }
  return steps.length ? Math.min(...steps) : null;
}

function isInside(plain, words) {
  return plain.length >= LEAST_INSIDE && !/^\d+$/.test(plain) && words.some(([other]) => !/^\d/.test(other) && other.includes(plain));
}

function wrongStep(fields, plain, allowed) {
  const steps = [];
  for (const [field, words] of fields.entries()) {
    for (const [other] of words) {
      const [errors, place] = mistakes(plain, other);
      if (errors <= allowed) steps.push(WRONG + ((errors - 1) * 3 + place) * FIELDS + field);
    }
  }
  return steps.length ? Math.min(...steps) : null;
}

/** Return how many letters of a word may be wrong; another number is another thing. */
function forgiven(plain) {
  return /\p{N}/u.test(plain) ? 0 : Number(plain.length >= ONE_WRONG) + Number(plain.length >= TWO_WRONG);
}

/** Return the fewest wrong letters of a word in another, and whether as a whole (0), at its beginning or inside. */
function mistakes(word, other) {
  if (/^\d/.test(other) || other.length < word.length - 2) return [Infinity, 0];
  const start = distances(word, other, true);
  const whole = start.at(-1), beginning = Math.min(...start);
  const inside = word.length >= WRONG_INSIDE ? Math.min(...distances(word, other, false)) : Infinity;
  const fewest = Math.min(whole, beginning, inside);
  return [fewest, [whole, beginning, inside].indexOf(fewest)];
}

/** Return the distance of a word to the part of another up to each letter; a swap of two letters counts once. */
function distances(word, other, isAnchored) {
  let [before, row] = [[], Array.from({ length: other.length + 1 }, (_one, j) => (isAnchored ? j : 0))];
  for (let i = 1; i <= word.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(word[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row;
}

/** Return a text in pieces, of which every second one was found. */
export function marked(text, { words, errors }) {
  const pieces = [];
  let at = 0;
  for (const token of text.matchAll(WORD)) {
    const length = words.length && fittingLength(token[0], words, errors);
    if (!length) continue;
    const [start, end] = length;
    pieces.push(text.slice(at, token.index + start), text.slice(token.index + start, token.index + end));
    at = token.index + end;
  }
  return { parts: [...pieces, text.slice(at)], lang: null };
}

/** Return the start and the end of what a word of the query matches in a token. */
function fittingLength(token, words, errors) {
  const fold = (part) => wordsOf(part).map(([plain]) => plain).join("");
  for (const [plain] of words) {
    const starts = plain.length >= LEAST_INSIDE ? [...token].keys() : [0];
    for (const start of starts) {
      const rest = token.slice(start);
      if (!fold(rest).startsWith(plain)) continue;
      let end = 1;
      while (!fold(rest.slice(0, end)).startsWith(plain)) end += 1;
      // The e of øe belongs to the ø.
      while (end < rest.length && fold(rest.slice(0, end + 1)) === fold(rest.slice(0, end))) end += 1;
      return [start, start + end];
    }
    if (errors && mistakes(plain, fold(token))[0] <= Math.min(errors, forgiven(plain))) return [0, token.length];
  }
  return null;
}

/** Return what of an entry matched that some shown texts lack, in pieces; null if they have every word. */
export function reason(entry, hit, shown) {
  const has = (text, word) => marked(text, { ...hit, words: [word] }).parts.length > 1;
  const lacking = hit.words.filter((word) => !shown.some((text) => has(text, word)));
  const known = lacking.length ? entry.found_by.flat() : [];
  const counts = known.map((text) => lacking.filter((word) => has(text, word)).length);
  const most = Math.max(0, ...counts);
  return most ? excerpt(marked(known[counts.indexOf(most)], hit)) : null;
}

/** Return a part of a long text, from shortly before its first mark, at whole words. */
function excerpt({ parts, lang }) {
  const text = parts.join("");
  if (text.length <= LONGEST) return { parts, lang };
  const start = text.lastIndexOf(" ", Math.max(0, parts[0].length - BEFORE)) + 1;
  const end = start + LONGEST >= text.length ? text.length : text.lastIndexOf(" ", start + LONGEST);
  let at = 0;
  const pieces = parts.map((piece) => {
    const part = text.slice(Math.max(at, start), Math.max(start, Math.min(at + piece.length, end)));
    at += piece.length;
    return part;
  });
  if (start) pieces[0] = `… ${pieces[0]}`;
  if (end < text.length) pieces.push("", " …");
  return { parts: pieces, lang };
}
