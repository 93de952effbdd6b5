/** What stands in place of a secret. */
export const MASK = '***';
/** A shorter value is no secret, and masking it would garble ordinary words. */
const SHORTEST_SECRET = 6;

const SECRET_WORDS = [
  ...['PASS(?:WORD|WD|PHRASE)?', 'SECRET', 'TOKEN', 'CREDENTIALS?', 'PWD', 'DSN', 'KEY'],
  '(?:API|ACCESS|PRIVATE|SIGNING|ENCRYPTION|SECRET|AUTH)[_-]?KEY',
];
const SECRET_NAME = new RegExp(`(?:^|[_-])(?:${SECRET_WORDS.join('|')})(?:$|[_-])`, 'i');
const NOT_SECRET = /^(?:PWD|OLDPWD)$/;
const URL_PASSWORD = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):([^\s/@]+)@/gi;
/** Tokens that tell by their shape what they are: of code hosts, package registries, clouds, payment, chat; JWTs. */
const TOKENS = [
  /\bgh[pousr]_\w{30,}|\bgithub_pat_\w{30,}|\bglpat-[\w-]{20,}|\bnpm_\w{30,}|\bpypi-[\w-]{30,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{35}/g,
  /\b[sr]k[_-](?:live|test|proj|ant)[_-][\w-]{16,}|\bxox[abprs]-[\w-]{10,}/g,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g,
];

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * Masks `values` wherever they turn up, and besides what is written as a secret: `NAME=value` with such a name,
 * `--password value`, `user:password@` in a URL, a bearer token, a token of a known shape.
 */
export function redactor(values: Iterable<string>): Redact {
  // Longest first, so that a secret that contains another one is masked whole.
  const all = [...new Set([...values].flatMap(formsOf))].sort((one, other) => other.length - one.length);
  return (text) => {
    const known = all.reduce((rest, value) => rest.replaceAll(value, MASK), text);
    return TOKENS.reduce((rest, token) => rest.replace(token, MASK), known)
      .replace(URL_PASSWORD, `$1:${MASK}@`)
      .replace(/\b(bearer\s+)[\w.~+/-]{6,}=*/gi, `$1${MASK}`)
      .replace(/(--?(?:password|passwd|token|secret|api-?key|access-?key)[= ])\S+/gi, `$1${MASK}`)
      .replace(/\b([\w-]+)=("[^"]*"|'[^']*'|[^\s"']+)/g, (whole: string, name: string) =>
        isSecretName(name) ? `${name}=${MASK}` : whole,
      );
  };
}

/** The values of variables whose names say that they are secret, and the passwords in URLs of all others. */
export function secretValues(variables: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(variables).flatMap(([name, value = '']) => [
    ...(isSecretName(name) ? [value] : []),
    ...[...value.matchAll(URL_PASSWORD)].map(([, , password = '']) => password),
  ]);
}

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NOT_SECRET.test(name);
}

/** As programs print it: a key of many lines line by line, in a URL encoded, in JSON with its escapes. */
function formsOf(value: string): readonly string[] {
  const lines = value.includes('\n') ? value.split('\n').map((line) => line.trim()) : [];
  const forms = [value, ...lines].flatMap((text) => [text, encoded(text), JSON.stringify(text).slice(1, -1)]);
  return forms.filter((form) => form.length >= SHORTEST_SECRET);
}

function encoded(text: string): string {
  // A lone half of a surrogate pair cannot be encoded.
  return /\p{Cs}/u.test(text) ? text : encodeURIComponent(text);
}
